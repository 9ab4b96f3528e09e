using System.CommandLine;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Running;

namespace CAManim.Native.Cli.Commands;

/// <summary><c>serve</c>: the image service.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandContext context)
    {
        ModelOptions model = new();
        DeviceOption device = new();
        ServerOptionGroup server = new();
        ActivationOption activation = new();
        Command command = new("serve", "Answers images with their maps over HTTP: a page at /, POST /api/explain (JSON, safetensors or MP4), /health, /metrics, /openapi.json. Ends with Ctrl-C.");
        model.AddTo(command);
        device.AddTo(command);
        server.AddTo(command);
        activation.AddTo(command);
        ExampleHelp.Add(
            command,
            "camanim serve --model resnet18 --weights resnet18.pth",
            "CAMANIM_TOKEN=secret camanim serve --model demo_scenes --weights default --listen 0.0.0.0:8080");
        command.SetAction(parsed => ServerRunner.Serve(new ServeRequest(device.Read(parsed), model.Read(parsed, context.Error), server.Read(parsed) with { Activation = activation.Read(parsed) }), context));
        return command;
    }
}

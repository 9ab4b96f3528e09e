using System.CommandLine;
using CAManim.Native.Cli.Errors;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Running;
using CAManim.Native.Kernels.Texts;

namespace CAManim.Native.Cli.Commands;

/// <summary><c>predict</c>: what the network says.</summary>
internal static class PredictCommand
{
    public static Command Create(CommandContext context)
    {
        ModelOptions model = new();
        DeviceOption device = new();
        InputOptions input = new(positional: "Pictures, or folders of them, as --image. The network is loaded once.");
        Option<int> top = new("--top") { Description = "How many classes to show.", HelpName = "N", DefaultValueFactory = _ => 5 };
        ActivationOption activation = new();
        Option<bool> json = new("--json") { Description = "Print JSON, with all logits." };
        Command command = new("predict", "Shows the classes that a network finds in a picture.");
        model.AddTo(command);
        device.AddTo(command);
        input.AddTo(command);
        activation.AddTo(command);
        command.Add(top);
        command.Add(json);
        ExampleHelp.Add(
            command,
            "camanim predict --model cifar10_resnet20 --weights cifar10_resnet20.th --image dog.png",
            "camanim predict --model resnet50 --weights resnet50.pth --image dog.jpg --resize crop --json");
        command.SetAction(parsed =>
        {
            int count = parsed.GetValue(top);
            if (count < 1)
            {
                throw new UsageException($"--top {count} shows nothing. Give 1 or more.");
            }

            IReadOnlyList<PredictReport> reports = Predictor.Run(device.Read(parsed), model.Read(parsed, context.Error), input.ReadEach(parsed), activation.Read(parsed), count, context);
            if (parsed.GetValue(json))
            {
                context.Output.WriteLine(reports.Count == 1 ? JsonText.Pretty(reports[0]) : JsonText.Pretty(reports.ToArray()));
                return;
            }

            PredictReport report = reports[0];
            if (Scores.Explain(Choice.Activation(report.Activation), report.ActivationReason) is { } how)
            {
                context.Error.WriteLine(how);
            }

            foreach (PredictReport one in reports)
            {
                if (reports.Count > 1)
                {
                    context.Output.WriteLine(VisibleText.Line(one.Input.File ?? ""));
                }

                foreach (ClassScore score in one.Top)
                {
                    context.Output.WriteLine($"{score.Probability,8:0.0000}  {score.Index,4}  {VisibleText.Line(score.Name)}");
                }
            }
        });
        return command;
    }
}

using CAManim.Native.Cli.Commands;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Models;
using CAManim.Native.Server;
using CAManim.Native.Server.Live;
using CAManim.Native.Server.Sources;

namespace CAManim.Native.Cli.Running;

/// <summary>Runs a server until a signal, or until its source ends.</summary>
internal static class ServerRunner
{
    public static int Serve(ServeRequest request, CommandContext context)
    {
        ComputeDevice device = ComputeDevice.Resolve(request.Device);
        using LoadedModel model = Load(request, device, context);
        return Run(request, new ServedModel(model, Networks.NameOfWeights(model, request.Network.Weights!), device), null, context).GetAwaiter().GetResult();
    }

    public static int Live(ServeRequest request, LiveSettings settings, SourceOptions source, CommandContext context)
    {
        ComputeDevice device = ComputeDevice.Resolve(request.Device);
        IPictureSource pictures = Usage.Check(() => PictureSources.Open(source, Console.OpenStandardInput));
        using LoadedModel model = Load(request, device, context);
        ServedModel served = new(model, Networks.NameOfWeights(model, request.Network.Weights!), device);
        using LiveChannel channel = Usage.Check(() => new LiveChannel(served, settings, pictures));
        return Run(request, served, channel, context).GetAwaiter().GetResult();
    }

    private static LoadedModel Load(ServeRequest request, ComputeDevice device, CommandContext context)
    {
        LoadedModel model = Networks.Create(request.Network);
        try
        {
            Networks.Load(model, request.Network, new LineProgress(context.Error), context.Cancellation);
            device.Place(model.Module);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static async Task<int> Run(ServeRequest request, ServedModel model, LiveChannel? channel, CommandContext context)
    {
        Server.Hosting.Server server = await Server.Hosting.Server.StartAsync(model, request.Server, channel).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            channel?.Start();
            context.Error.WriteLine(channel is null
                ? $"{model.Model.Name} answers at {server.Address}/api/explain. Ctrl-C ends."
                : $"{model.Model.Name} is live at {server.Address}/{(request.Server.Token is null ? "" : "?token=...")}. Ctrl-C ends.");
            Task stopped = Task.Delay(Timeout.Infinite, context.Cancellation);
            Task first = channel is null ? await Task.WhenAny(stopped).ConfigureAwait(false) : await Task.WhenAny(stopped, channel.Ended).ConfigureAwait(false);
            if (first is Task<string> ended)
            {
                context.Error.WriteLine(await ended.ConfigureAwait(false));
            }
            else
            {
                context.Error.WriteLine("Stopped.");
            }

            return ExitCodes.Success;
        }
    }
}

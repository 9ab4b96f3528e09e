using CAManim.Native.Cli.Commands;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Results;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;
using static TorchSharp.torch;

namespace CAManim.Native.Cli.Running;

/// <summary>Runs a network once to see what each module returns.</summary>
internal static class LayerLister
{
    /// <summary>Shapes do not depend on the weights; values that are finite keep the run like any other.</summary>
    public const string AnyWeights = "rule:camanim";

    public static LayersReport Run(NetworkRequest network, InputRequest request, CommandContext context)
    {
        using LoadedModel model = Networks.Create(network);
        Func<LoadedModel, ModelInput>? source = request.File is null ? null : InputReader.Open(request);
        Networks.Load(model, network, new LineProgress(context.Error), context.Cancellation, AnyWeights);
        using Tensor input = source is null ? Zeros(request, model) : source(model).ToTensor();
        CamResult result = new CamEngine(model.Module).Run(input, new CamOptions { Order = LayerOrder.Registration }, progress: null, context.Cancellation);
        LayerEntry[] modules = [.. result.Layers
            .Zip(Enumerable.Range(0, result.Layers.Count))
            .OrderBy(l => l.First.Registration).ThenBy(l => l.Second)
            .Select(l => new LayerEntry(l.First.Name, l.First.ModuleClass, l.First.OutputShape, l.First.IsKept, l.First.SkipReason, l.First.Parameters))];
        return new LayersReport(model.Name, [.. input.shape.Select(d => (int)d)], modules.Count(m => m.Kept), modules.Count(m => !m.Kept), modules.Where(m => m.Name.Length == 0).Sum(m => m.Parameters), modules);
    }

    private static Tensor Zeros(InputRequest request, LoadedModel model)
    {
        (int height, int width) = request.Size ?? (model.InputSize, model.InputSize);
        return zeros(1, model.InputChannels, height, width);
    }
}

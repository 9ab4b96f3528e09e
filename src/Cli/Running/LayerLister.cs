using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Results;
using CAManim.Native.Models;
using static TorchSharp.torch;

namespace CAManim.Native.Cli.Running;

/// <summary>Runs a network once to see what each module returns.</summary>
internal static class LayerLister
{
    // Shapes do not depend on the weights; values that are finite keep the run like any other.
    private const string AnyWeights = "rule:camanim";

    public static LayersReport Run(string modelName, string? weights, InputRequest request, CancellationToken cancellation)
    {
        using LoadedModel model = Usage.Check(() => ModelZoo.Create(modelName));
        using Tensor input = Input(request, model);
        model.LoadWeights(weights ?? AnyWeights);
        CamResult result = new CamEngine(model.Module).Run(input, new CamOptions { Order = LayerOrder.Registration }, progress: null, cancellation);
        LayerEntry[] modules = [.. result.Layers
            .Zip(Enumerable.Range(0, result.Layers.Count))
            .OrderBy(l => l.First.Registration).ThenBy(l => l.Second)
            .Select(l => new LayerEntry(l.First.Name, l.First.ModuleClass, l.First.OutputShape, l.First.IsKept, l.First.SkipReason, l.First.Parameters))];
        return new LayersReport(model.Name, [.. input.shape.Select(d => (int)d)], modules.Count(m => m.Kept), modules.Count(m => !m.Kept), modules.Where(m => m.Name.Length == 0).Sum(m => m.Parameters), modules);
    }

    private static Tensor Input(InputRequest request, LoadedModel model)
    {
        if (request.File is not null)
        {
            return InputReader.Read(request, model).ToTensor();
        }

        (int height, int width) = request.Size ?? (model.InputSize, model.InputSize);
        return zeros(1, 3, height, width);
    }
}

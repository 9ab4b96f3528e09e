using CAManim.Native.Cli.Commands;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Models;
using static TorchSharp.torch;

namespace CAManim.Native.Cli.Running;

/// <summary>What the methods are and, on a network, what they cost.</summary>
internal static class MethodLister
{
    public static MethodsReport Run(NetworkRequest? network, CommandContext context)
    {
        if (network is null)
        {
            return new MethodsReport(null, CamMethods.Names, [.. CamMethods.All.Select(d => Describe(d, null))]);
        }

        using LoadedModel model = Networks.Create(network);
        Networks.Load(model, network, new LineProgress(context.Error), context.Cancellation, LayerLister.AnyWeights);
        using Tensor input = zeros(1, model.InputChannels, model.InputSize, model.InputSize);
        IReadOnlyList<MethodEstimate> costs = MethodCosts.Estimate(model.Module, input, null, context.Cancellation);
        return new MethodsReport(model.Name, CamMethods.Names, [.. CamMethods.All.Zip(costs, Describe)]);
    }

    private static MethodEntry Describe(MethodDescription method, MethodEstimate? cost) => new(
        method.Name,
        method.Formula,
        method.Source,
        method.NeedsGradient,
        method.IsClassDiscriminative,
        method.ForwardsPerChannel,
        method.ForwardsPerPosition,
        method.ForwardsPerLayer,
        method.Deviations,
        [.. MethodOption.Of(method.Method).Select(o => new MethodOptionEntry(o.Name, o.Show(new CamOptions(), method.Method), o.Value, o.Description))],
        cost?.Layers,
        cost?.Forwards);
}

using System.Runtime.CompilerServices;
using CAManim.Native.Engine.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Axes;

/// <summary>
/// What a network's calls return, found out by a run of its own over a drawn picture: the meaning of dimensions, and whether the picture has
/// a part in it. One run for each network and size of picture; runs that look up pay nothing.
/// </summary>
internal sealed class NetworkSurvey
{
    // The network may go: nothing here holds it.
    private static readonly ConditionalWeakTable<nn.Module, Dictionary<(long, long, long), NetworkSurvey>> Known = [];

    private readonly Dictionary<(int Registration, int Call), CallAxes> _calls;

    private NetworkSurvey(Dictionary<(int, int), CallAxes> calls) => _calls = calls;

    /// <summary>The survey of a network, or null where its modules leave no question open; the caller has it in evaluation mode with frozen parameters, and alone.</summary>
    public static NetworkSurvey? Find(nn.Module<Tensor, Tensor> model, IReadOnlyList<ModuleNode> nodes, Tensor input) =>
        nodes.All(ModuleKnowledge.IsPlain) ? null : Of(model, nodes, input);

    /// <summary>The survey of a network, whatever its modules.</summary>
    public static NetworkSurvey Of(nn.Module<Tensor, Tensor> model, IReadOnlyList<ModuleNode> nodes, Tensor input)
    {
        Dictionary<(long, long, long), NetworkSurvey> ofModel = Known.GetOrCreateValue(model);
        (long, long, long) size = (input.shape[1], input.shape[2], input.shape[3]);
        if (!ofModel.TryGetValue(size, out NetworkSurvey? survey))
        {
            ofModel[size] = survey = Make(model, nodes, input);
        }

        return survey;
    }

    /// <summary>What is known of a call.</summary>
    /// <param name="node">The module.</param>
    /// <param name="call">Number of its call, from 0.</param>
    public CallAxes this[ModuleNode node, int call] => _calls.GetValueOrDefault((node.Registration, call));

    private static NetworkSurvey Make(nn.Module<Tensor, Tensor> model, IReadOnlyList<ModuleNode> nodes, Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable recording = inference_mode(false);
        using IDisposable gradients = enable_grad();
        Tensor picture = linspace(-1, 1, input.numel(), input.dtype, input.device).reshape(input.shape);
        AxisTrace trace = new(new InputGrid(input.shape[2], input.shape[3]));
        List<(int, int)> keys = [];
        Dictionary<(int, int), Tensor> apart = [];
        Run(model, nodes, picture.detach().requires_grad_(true), trace.Enter, (node, call, argument, output) =>
        {
            trace.Leave(node, argument, output);
            keys.Add((node.Registration, call));
            if (!output.requires_grad)
            {
                apart[(node.Registration, call)] = output.detach().clone();
            }
        });

        // No gradient leads to the picture: it has a part in it only if another picture gives other values.
        if (apart.Count > 0)
        {
            using IDisposable none = no_grad();
            Run(model, nodes, picture.flip(2, 3), null, (node, call, _, output) =>
            {
                if (apart.TryGetValue((node.Registration, call), out Tensor? before) && !before.eq(output).all().item<bool>())
                {
                    apart.Remove((node.Registration, call));
                }
            });
        }

        return new NetworkSurvey(keys.Zip(trace.Finish()).ToDictionary(c => c.First, c => c.Second with { IsIndependent = apart.ContainsKey(c.First) }));
    }

    private static void Run(nn.Module<Tensor, Tensor> model, IReadOnlyList<ModuleNode> nodes, Tensor picture, Action<Tensor>? enter, Action<ModuleNode, int, Tensor, Tensor> leave)
    {
        List<Action> removals = [];
        int[] calls = new int[nodes.Count];
        try
        {
            foreach (ModuleNode node in nodes)
            {
                Action? removal = ModuleHook.Register(node.Module, enter, (argument, output) =>
                {
                    leave(node, calls[node.Registration]++, argument, output);
                    return output;
                });
                removals.AddRange(removal is null ? [] : [removal]);
            }

            model.call(picture);
        }
        finally
        {
            removals.ForEach(r => r());
        }
    }
}

using CAManim.Native.Engine.Axes;
using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Targets;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine;

/// <summary>What the methods cost on a network.</summary>
public static class MethodCosts
{
    /// <summary>The cost of every method, from one forward that shows the layers' shapes.</summary>
    /// <param name="model">The network; left as it was found.</param>
    /// <param name="input">[N,C,H,W]; not changed. The costs are those of one image.</param>
    /// <param name="options">Which layers, and the methods' own options; null for the defaults.</param>
    /// <param name="cancellation">Looked at before each layer.</param>
    /// <returns>In the order of <see cref="CamMethods.All"/>. Layers that share their maps with another are counted too, so that a run costs no more.</returns>
    /// <exception cref="CamException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static IReadOnlyList<MethodEstimate> Estimate(nn.Module<Tensor, Tensor> model, Tensor input, CamOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(input);
        options ??= new CamOptions();
        CamMethod[] direct = [.. CamMethods.All.Select(d => d.Method).Where(m => CamMethods.Find(m) is not DerivedMethod)];
        MethodPlan plan = new(direct, [[Target.Top]], options);
        List<(int Channels, int Height, int Width)>[] shapes = Measure(model, input, options, plan, cancellation);
        Dictionary<CamMethod, MethodEstimate> estimates = [];
        for (int m = 0; m < plan.Methods.Length; m++)
        {
            MethodDescription description = plan.Methods[m].Description;
            estimates[description.Method] = new MethodEstimate(description.Method, shapes[m].Count, description.EstimateForwards(shapes[m]));
        }

        return
        [
            .. CamMethods.All.Select(d => CamMethods.Find(d.Method) is DerivedMethod derived
                ? Derive(d.Method, [.. derived.Components(options).Select(c => estimates[c])])
                : estimates[d.Method]),
        ];
    }

    // The shared forward and backward is paid once.
    private static MethodEstimate Derive(CamMethod method, MethodEstimate[] components) => new(
        method, components.Max(c => c.Layers), MethodDescription.SharedForwards + components.Sum(c => c.Forwards - MethodDescription.SharedForwards));

    /// <summary>C, h and w of every layer that a method has a map of.</summary>
    private static List<(int Channels, int Height, int Width)>[] Measure(nn.Module<Tensor, Tensor> model, Tensor input, CamOptions options, MethodPlan plan, CancellationToken cancellation)
    {
        IReadOnlyList<ModuleNode> nodes = ModuleTree.Walk(model);
        List<(int Channels, int Height, int Width)>[] shapes = [.. plan.Methods.Select(_ => new List<(int, int, int)>())];
        lock (model)
        {
            using DisposeScope scope = NewDisposeScope();
            ProcessorGate.Pass(input, options.Precision);
            using ModelState state = new(model, nodes.Select(n => n.Module));

            // Clones, because nobody knows yet whether the network changes activations in place.
            using CaptureRun run = new(nodes, input, options, plan, NetworkSurvey.Find(model, nodes, input), isCloning: true, null, cancellation);
            using IDisposable recording = inference_mode(false);
            using IDisposable gradients = enable_grad();
            model.call(run.TapInput(input.clone()));
            foreach (LayerTap tap in run.Taps)
            {
                long[] shape = tap.Layout.Fold(tap.Activation!).shape;
                for (int m = 0; m < shapes.Length; m++)
                {
                    if (tap.SkipReasons[m] is null)
                    {
                        shapes[m].Add(((int)shape[1], (int)shape[2], (int)shape[3]));
                    }
                }
            }
        }

        return shapes;
    }
}

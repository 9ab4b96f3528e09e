using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Maps;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine;

/// <summary>Class activation maps of all layers of a network from one forward and one backward pass.</summary>
/// <remarks>
/// Any TorchSharp <c>Module&lt;Tensor, Tensor&gt;</c> from [N,C,H,W] to logits [N,K] works, as long as it runs its children through
/// <c>call()</c>. The network is left as it was found: training flags, gradients, hooks. Calls on one network from several threads wait for each other.
/// </remarks>
/// <param name="model">The network; it stays the caller's.</param>
public sealed class CamEngine(nn.Module<Tensor, Tensor> model)
{
    // Networks that change activations in place, found out by autograd's refusal; they run with clones from then on.
    private static readonly ConditionalWeakTable<nn.Module, object> InPlaceModels = [];

    private readonly IReadOnlyList<ModuleNode> _nodes = ModuleTree.Walk(model ?? throw new ArgumentNullException(nameof(model)));

    /// <summary>Computes the maps of one image.</summary>
    /// <param name="input">[1,C,H,W], normalised as the network expects it; not changed.</param>
    /// <param name="options">What to compute; null for GradCAM of the top class at all layers.</param>
    /// <param name="progress">Told after each map, from the thread of the call.</param>
    /// <param name="cancellation">Looked at before and after each layer.</param>
    /// <exception cref="CamException">The input or the network's output has another shape, or the target does not exist.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public CamResult Run(Tensor input, CamOptions? options = null, IProgress<CamProgress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new CamOptions();
        ArgumentNullException.ThrowIfNull(input);
        if (input.shape is not [1, _, _, _])
        {
            throw new CamException($"The input has shape [{string.Join(',', input.shape)}]; one image [1,C,H,W] is expected. Use {nameof(RunBatch)} for several.");
        }

        return RunBatch(input, options, [options.Target], progress, cancellation)[0];
    }

    /// <summary>Computes the maps of several images in one pass.</summary>
    /// <param name="input">[N,C,H,W]; not changed.</param>
    /// <param name="options">What to compute; its target is not used.</param>
    /// <param name="targets">A target for each image.</param>
    /// <param name="progress">Told after each layer, from the thread of the call.</param>
    /// <param name="cancellation">Looked at before and after each layer.</param>
    /// <returns>A result for each image.</returns>
    /// <exception cref="CamException">The input or the network's output has another shape, or a target does not exist.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public IReadOnlyList<CamResult> RunBatch(Tensor input, CamOptions options, IReadOnlyList<Target> targets, IProgress<CamProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(targets);
        if (input.shape.Length != 4 || input.shape.Any(d => d < 1))
        {
            throw new CamException($"The input has shape [{string.Join(',', input.shape)}]; images [N,C,H,W] are expected.");
        }

        if (targets.Count != input.shape[0])
        {
            throw new CamException($"{targets.Count} targets were given for {input.shape[0]} images; one for each is expected.");
        }

        lock (model)
        {
            if (!InPlaceModels.TryGetValue(model, out _))
            {
                try
                {
                    return RunOnce(input, options, targets, isCloning: false, progress, cancellation);
                }
                catch (ExternalException error) when (IsInPlaceError(error))
                {
                    InPlaceModels.TryAdd(model, model.GetType());
                }
            }

            return RunOnce(input, options, targets, isCloning: true, progress, cancellation);
        }
    }

    private CamResult[] RunOnce(Tensor input, CamOptions options, IReadOnlyList<Target> targets, bool isCloning, IProgress<CamProgress>? progress, CancellationToken cancellation)
    {
        using ModelState state = new(model, _nodes.Select(n => n.Module));
        using CaptureRun run = new(_nodes, input, options, isCloning, progress, cancellation);
        using IDisposable gradients = enable_grad();
        Tensor output = model.call(input.detach());
        if (output.shape.Length != 2 || output.shape[0] != input.shape[0])
        {
            throw new CamException($"The network returned shape [{string.Join(',', output.shape)}]; logits [{input.shape[0]},K] are expected.");
        }

        Tensor logits = output.detach().to(ScalarType.Float32, CPU).contiguous();
        float[] values = MemoryMarshal.Cast<byte, float>(logits.bytes).ToArray();
        int classes = (int)output.shape[1];
        int[] indices = [.. targets.Select((target, n) => target.ClassIndex(values.AsSpan(n * classes, classes)))];
        if (output.requires_grad)
        {
            Tensor score = targets[0].Score(output[0], indices[0]);
            for (int n = 1; n < targets.Count; n++)
            {
                score = score + targets[n].Score(output[n], indices[n]);
            }

            score.backward();
        }

        if (run.Error is { } error)
        {
            throw error is OperationCanceledException ? new OperationCanceledException(error.Message, error, cancellation) : new CamException($"A layer's map could not be computed: {error.Message}", error);
        }

        cancellation.ThrowIfCancellationRequested();
        return [.. Enumerable.Range(0, targets.Count).Select(n => Collect(run, n, values.AsMemory(n * classes, classes), indices[n], options, input))];
    }

    private static CamResult Collect(CaptureRun run, int image, ReadOnlyMemory<float> logits, int classIndex, CamOptions options, Tensor input)
    {
        List<LayerMap> frames = [];
        List<LayerReport> layers = [];
        foreach ((LayerReport report, TapMap[]? maps) in run.Records())
        {
            layers.Add(report);
            if (maps is not null)
            {
                frames.Add(ToLayerMap(report, maps[image]));
            }
        }

        return new CamResult
        {
            Frames = frames,
            Layers = layers,
            Logits = logits,
            ClassIndex = classIndex,
            Probability = Softmax.At(logits.Span, classIndex),
            Method = options.Method,
            InputHeight = (int)input.shape[2],
            InputWidth = (int)input.shape[3],
            GlobalMinimum = frames.Count == 0 ? 0 : frames.Min(f => f.Minimum),
            GlobalMaximum = frames.Count == 0 ? 0 : frames.Max(f => f.Maximum),
        };
    }

    private static LayerMap ToLayerMap(LayerReport report, TapMap map) => new()
    {
        Name = report.Name,
        ModuleClass = report.ModuleClass,
        Channels = map.Channels,
        Height = map.Height,
        Width = map.Width,
        SignedMap = map.Signed,
        Map = map.Map,
        Minimum = map.Minimum,
        Maximum = map.Maximum,
        HasNonFinite = map.HasNonFinite,
        Parameters = report.Parameters,
    };

    private static bool IsInPlaceError(ExternalException error) =>
        error.Message.Contains("inplace", StringComparison.Ordinal) || error.Message.Contains("in-place", StringComparison.Ordinal);
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Kernels.Reduction;
using CAManim.Native.Kernels.Resize;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Capture;

/// <summary>One forward and one backward with taps: hooks while it lives, maps when it is done.</summary>
internal sealed class CaptureRun : IDisposable
{
    private readonly CamOptions _options;
    private readonly bool _isCloning;
    private readonly long _images;
    private readonly int _inputHeight;
    private readonly int _inputWidth;
    private readonly IProgress<CamProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly List<Action> _removals = [];
    private readonly Dictionary<ModuleNode, int> _calls = [];
    private readonly Stack<long> _starts = [];
    private readonly List<(LayerReport Report, LayerTap? Tap)> _records = [];
    private readonly List<ModuleNode> _unhookable = [];
    private int _taps;
    private int _reduced;

    // The last reduction's operands: a container and its last child share both, and so their map.
    private nint _lastActivation;
    private nint _lastGradient;
    private Tensor? _lastGradientHandle;
    private TapMap[]? _lastMaps;

    public CaptureRun(IReadOnlyList<ModuleNode> nodes, Tensor input, CamOptions options, bool isCloning, IProgress<CamProgress>? progress, CancellationToken cancellation)
    {
        _options = options;
        _isCloning = isCloning;
        _images = input.shape[0];
        _inputHeight = (int)input.shape[2];
        _inputWidth = (int)input.shape[3];
        _progress = progress;
        _cancellation = cancellation;
        Nodes = nodes;
        foreach (ModuleNode node in nodes)
        {
            if (!options.Layers.Selects(node))
            {
                continue;
            }

            Action? removal = ModuleHook.Register(node.Module, () => Enter(), output => Leave(node, output));
            if (removal is null)
            {
                _unhookable.Add(node);
            }
            else
            {
                _removals.Add(removal);
            }
        }
    }

    /// <summary>What went wrong inside of the backward pass, where nothing can be thrown.</summary>
    public Exception? Error { get; private set; }

    private IReadOnlyList<ModuleNode> Nodes { get; }

    /// <summary>Every call in frame order; calls without a gradient and modules without a call have their reason.</summary>
    public IEnumerable<(LayerReport Report, TapMap[]? Maps)> Records()
    {
        IEnumerable<(LayerReport Report, LayerTap? Tap)> ordered = _options.Order == LayerOrder.Registration
            ? _records.OrderBy(record => record.Report.Registration)
            : _records;
        foreach ((LayerReport report, LayerTap? tap) in ordered)
        {
            bool isLost = tap is { Maps: null };
            yield return (isLost ? report with { SkipReason = "not on the way to the score: no gradient arrived" } : report, tap?.Maps);
        }

        foreach (ModuleNode node in Nodes.Where(n => _options.Layers.Selects(n) && !_calls.ContainsKey(n)))
        {
            yield return (Describe(node, node.Name, null, _unhookable.Contains(node)
                ? "takes or returns something other than tensors"
                : "was not called (only modules run through call() are seen)"), null);
        }
    }

    /// <summary>Reduces one layer; called from the backward pass, throws nothing.</summary>
    /// <returns>Whether the run goes on.</returns>
    public bool Reduce(LayerTap tap, OutputLayout layout, Tensor activation, Tensor gradient)
    {
        if (Error is not null)
        {
            return false;
        }

        try
        {
            _cancellation.ThrowIfCancellationRequested();
            tap.Maps = ReduceBatch(tap, layout, activation, gradient);
            _progress?.Report(new CamProgress(++_reduced, _taps, tap.Name));
            return true;
        }
        catch (Exception error)
        {
            Error = error;
            return false;
        }
    }

    /// <summary>Disposes a handle where it was made during this run; others belong to the network.</summary>
    public void DisposeOwn(Tensor? tensor)
    {
        if (tensor is not null && _scope.Contains(tensor))
        {
            tensor.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (Action removal in _removals)
        {
            removal();
        }

        foreach ((_, LayerTap? tap) in _records)
        {
            tap?.Dispose();
        }

        _lastGradientHandle?.Dispose();
        _scope.Dispose();
    }

    private void Enter()
    {
        _cancellation.ThrowIfCancellationRequested();
        _starts.Push(Stopwatch.GetTimestamp());
    }

    private Tensor Leave(ModuleNode node, Tensor output)
    {
        int call = _calls.GetValueOrDefault(node);
        _calls[node] = call + 1;
        string name = call == 0 ? node.Name : $"{node.Name}#{call}";
        string? reason = new OutputShape(_images, _inputHeight, _inputWidth).FindSkipReason(output, out OutputLayout layout);
        LayerReport report = Describe(node, name, output?.shape, reason);
        Tensor next = output!;
        LayerTap? tap = null;
        if (reason is null)
        {
            tap = new LayerTap(this, node, name, layout, _isCloning);
            _taps++;
            next = tap.Attach(output!);
        }

        TimeSpan time = _starts.TryPop(out long start) ? Stopwatch.GetElapsedTime(start) : default;
        _records.Add((report with { Time = time }, tap));
        return next;
    }

    private static LayerReport Describe(ModuleNode node, string name, long[]? shape, string? reason) => new()
    {
        Name = name,
        ModuleClass = node.ModuleClass,
        OutputShape = shape,
        SkipReason = reason,
        Parameters = node.Parameters,
        Registration = node.Registration,
    };

    private TapMap[] ReduceBatch(LayerTap tap, OutputLayout layout, Tensor activation, Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = OutputShape.AsFloats(layout.Fold(activation));
        Tensor g = OutputShape.AsFloats(layout.Fold(gradient));
        ReadOnlySpan<float> activations = MemoryMarshal.Cast<byte, float>(a.bytes);
        ReadOnlySpan<float> gradients = MemoryMarshal.Cast<byte, float>(g.bytes);
        (nint aAddress, nint gAddress) = (AddressOf(activations), AddressOf(gradients));
        bool isSame = aAddress == _lastActivation && gAddress == _lastGradient && _lastMaps is not null && _options.Method != CamMethod.RandomCAM;
        if (isSame && _lastMaps!.Length * (long)_lastMaps[0].Channels * _lastMaps[0].Signed.Length == activations.Length)
        {
            return _lastMaps;
        }

        int images = (int)a.shape[0];
        (int channels, int height, int width) = ((int)a.shape[1], (int)a.shape[2], (int)a.shape[3]);
        int stride = channels * height * width;
        TapMap[] maps = new TapMap[images];
        for (int n = 0; n < images; n++)
        {
            maps[n] = ReduceImage(tap, activations.Slice(n * stride, stride), gradients.Slice(n * stride, stride), channels, height, width);
        }

        // Held until the next reduction, so that no other gradient can come to lie at the same address.
        _lastGradientHandle?.Dispose();
        _lastGradientHandle = gradient.alias().DetachFromDisposeScope();
        bool isInPlace = ReferenceEquals(a, activation) && ReferenceEquals(g, gradient);
        (_lastActivation, _lastGradient, _lastMaps) = isInPlace ? (aAddress, gAddress, maps) : (0, 0, null);
        return maps;
    }

    private TapMap ReduceImage(LayerTap tap, ReadOnlySpan<float> activation, ReadOnlySpan<float> gradient, int channels, int height, int width)
    {
        float[] signed = GC.AllocateUninitializedArray<float>(height * width);
        if (CamMethods.WeightingOf(_options.Method) is { } weighting)
        {
            MapReduction.Reduce(weighting, activation, gradient, channels, signed);
        }
        else
        {
            float[] weights = new float[channels];
            RandomWeights.Fill(_options.Seed, tap.Name, weights);
            MapReduction.WeightedSum(activation, weights, signed);
        }

        float[] map = GC.AllocateUninitializedArray<float>(signed.Length);
        bool hasNonFinite = false;
        for (int i = 0; i < signed.Length; i++)
        {
            map[i] = MathF.Max(signed[i], 0);
            hasNonFinite |= !float.IsFinite(signed[i]);
        }

        ResizedExtrema.Find(map, height, width, _inputHeight, _inputWidth, out float minimum, out float maximum);
        return new TapMap(channels, height, width, signed, map, minimum, maximum, hasNonFinite);
    }

    private static unsafe nint AddressOf(ReadOnlySpan<float> span) => (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(span));
}

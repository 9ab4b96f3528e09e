using System.Diagnostics;
using System.Runtime.InteropServices;
using CAManim.Native.Engine.Axes;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Interop;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Capture;

/// <summary>One forward and a backward for each pass (target) with taps: hooks until the forward is over, maps when all is done.</summary>
internal sealed class CaptureRun : IDisposable
{
    // No module can have such a name.
    private const string InputName = "(input)";

    private readonly CamOptions _options;
    private readonly MethodPlan _plan;
    private readonly MapMethod[] _methods;
    private readonly LayerReduction _reduction;
    private readonly NetworkSurvey? _survey;
    private readonly bool _isCloning;
    private readonly long _images;
    private readonly int _inputHeight;
    private readonly int _inputWidth;
    private readonly IProgress<CamProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly DeviceReduction? _device;
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly List<Action> _removals = [];
    private readonly HashSet<Tensor> _sourceArguments;
    private readonly Dictionary<ModuleNode, int> _calls = [];
    private readonly Stack<long> _starts = [];
    private readonly List<(LayerReport Report, LayerTap? Tap)> _records = [];
    private readonly List<ModuleNode> _unhookable = [];
    private readonly List<TapMap> _rectified = [];
    private int _planned;
    private int _reduced;

    private readonly LastOperands _last = new();
    private TapMap[][]? _lastMaps;

    // What the last call from the backward pass got and gave back; its memory would stay until the end of the run.
    private Tensor? _lastReceived;
    private LayerTap? _lastTap;
    private int _pass;

    public CaptureRun(IReadOnlyList<ModuleNode> nodes, Tensor input, CamOptions options, MethodPlan plan, NetworkSurvey? survey, bool isCloning, IProgress<CamProgress>? progress, CancellationToken cancellation)
    {
        _options = options;
        _plan = plan;
        _methods = plan.Methods;
        _reduction = new LayerReduction(_methods);
        KeepsActivations = _methods.Any(m => m is RerunMethod);
        _survey = survey;
        _isCloning = isCloning;
        _sourceArguments = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        _images = input.shape[0];
        _inputHeight = (int)input.shape[2];
        _inputWidth = (int)input.shape[3];
        _progress = progress;
        _cancellation = cancellation;
        _device = !options.EigenSmoothing && _methods.Any(m => m is WeightedMethod) ? DeviceReduction.For(input, options) : null;
        Nodes = nodes;
        foreach (ModuleNode node in nodes)
        {
            if (!options.Layers.Selects(node))
            {
                continue;
            }

            Action? removal = ModuleHook.Register(node.Module, _ => Enter(), (argument, output) => Leave(node, argument, output));
            if (removal is null)
            {
                _unhookable.Add(node);
                removal = CallNotice.Register(node.Module, result => NoteCall(node, result));
            }

            if (removal is not null)
            {
                _removals.Add(removal);
            }
        }
    }

    /// <summary>What went wrong inside of the backward pass, where nothing can be thrown.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Whether, without a survey, the picture may have no part in some layer; known after the forward.</summary>
    public bool HasDoubtfulSource { get; private set; }

    /// <summary>Number of backward passes over the one forward.</summary>
    public int Passes => _plan.Passes.Length;

    /// <summary>Whether no pass follows the present one, so that memory may go.</summary>
    public bool IsLastPass => _pass == Passes - 1;

    /// <summary>Whether activations outlive the passes, for perturbation.</summary>
    public bool KeepsActivations { get; }

    /// <summary>Taps in the order of execution.</summary>
    public IEnumerable<LayerTap> Taps => _records.Where(r => r.Tap is not null).Select(r => r.Tap!);

    /// <summary>Maps that were finished so far.</summary>
    public int Reduced => _reduced;

    /// <summary>All modules of the network.</summary>
    public IReadOnlyList<ModuleNode> Nodes { get; }

    /// <summary>Puts a tap behind the input, where a method looks at it and it is selected; returns what the network is run with.</summary>
    public Tensor TapInput(Tensor input)
    {
        ModuleNode node = new(Nodes[0].Module, InputName, "Input", IsLeaf: true, Parameters: 0, Registration: -1);
        _sourceArguments.Add(input);
        return _methods.Any(m => m.NeedsInput) && _options.Layers.Selects(node)
            ? PutTap(node, InputName, 0, input, OutputLayout.ChannelsFirst, LayerReports.Of(node, InputName, input.shape, null))
            : input;
    }

    /// <summary>Why each method has no map at a tap, or null where it has.</summary>
    public string?[] FindSkipReasons(LayerTap tap) => [.. _methods.Select(m => m.FindSkipReason(tap, _options))];

    /// <summary>Says which pass the next gradients belong to.</summary>
    public void BeginPass(int pass) => _pass = pass;

    /// <summary>Leaves out the layers that a survey finds independent of the picture; before the first backward pass.</summary>
    public void LeaveOutIndependent(NetworkSurvey survey)
    {
        for (int i = 0; i < _records.Count; i++)
        {
            if (_records[i] is (LayerReport report, LayerTap { IsInput: false } tap) && survey[tap.Node, tap.Call].IsIndependent)
            {
                _planned -= CountReports(tap);
                tap.Dispose();
                _records[i] = (report with { SkipReason = LayerReports.Independent }, null);
            }
        }
    }

    /// <summary>Takes the hooks off the network.</summary>
    public void RemoveHooks()
    {
        foreach (Action removal in _removals)
        {
            removal();
        }

        _removals.Clear();
    }

    /// <summary>Counts and reports a map.</summary>
    public void Report(string layer, TimeSpan? remaining = null, ReadOnlyMemory<float> signedMap = default) => _progress?.Report(new CamProgress(++_reduced, _planned, layer, remaining, signedMap));

    /// <summary>Every call in frame order; calls without a gradient and modules without a call have their reason.</summary>
    public IEnumerable<(LayerReport Report, TapMap[]? Maps)> Records(int pass, int method)
    {
        IEnumerable<(LayerReport Report, LayerTap? Tap)> ordered = _options.Order == LayerOrder.Registration
            ? _records.OrderBy(record => record.Report.Registration)
            : _records;
        foreach ((LayerReport report, LayerTap? tap) in ordered.Where(r => r.Tap is not { IsInput: true } || _methods[method].NeedsInput))
        {
            TapMap[][]? maps = tap?.Maps[pass];
            string? reason = tap is null ? report.SkipReason
                : maps is null ? LayerReports.Lost
                : tap.SkipReasons[method];
            yield return (report with { SkipReason = reason }, reason is null ? maps![method] : null);
        }

        foreach (ModuleNode node in Nodes.Where(n => _options.Layers.Selects(n) && !_calls.ContainsKey(n)))
        {
            yield return (LayerReports.Of(node, node.Name, null, _unhookable.Contains(node) ? LayerReports.Unhookable : LayerReports.NotCalled), null);
        }
    }

    /// <summary>Reduces one layer; called from the backward pass, throws nothing.</summary>
    /// <returns>Whether the run goes on.</returns>
    public bool Reduce(LayerTap tap, Tensor activation, Tensor gradient)
    {
        if (Error is not null)
        {
            return false;
        }

        // The native side has taken it over by now.
        DisposeOwn(_lastReceived);
        _lastReceived = gradient;
        try
        {
            _cancellation.ThrowIfCancellationRequested();
            tap.Maps[_pass] = ReduceBatch(tap, activation, gradient);
            if (_methods.Any(m => m is LayerMethod))
            {
                Report(tap.Name);
            }

            return true;
        }
        catch (Exception error)
        {
            Error = error;
            return false;
        }
    }

    /// <summary>Finds the extrema of all maps and waits for those that are made on a device; after the last pass.</summary>
    /// <remarks>
    /// Of several methods on several threads: unlike in the backward pass, libtorch's own have nothing to do then. One method's are too few to
    /// wake threads for, which libtorch's would meet in the next run.
    /// </remarks>
    public void FinishMaps()
    {
        int threads = _methods.Length > 1 ? get_num_threads() : 1;
        Parallel.For(0, _rectified.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => _rectified[i].FindExtrema(_inputHeight, _inputWidth));
        _rectified.Clear();
        _device?.Finish();
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
        RemoveHooks();
        foreach ((_, LayerTap? tap) in _records)
        {
            tap?.Dispose();
        }

        _last.Dispose();
        _device?.Dispose();
        _scope.Dispose();
    }

    private void Enter()
    {
        _cancellation.ThrowIfCancellationRequested();
        _starts.Push(Stopwatch.GetTimestamp());
    }

    private Tensor Leave(ModuleNode node, Tensor argument, Tensor output)
    {
        int call = _calls.GetValueOrDefault(node);
        _calls[node] = call + 1;
        string name = LayerReports.NameOf(node, call);
        OutputLayout layout = OutputLayout.ChannelsFirst;
        string? reason = LayerReports.FindSkipReason(node);
        reason ??= new OutputShape(_images, _inputHeight, _inputWidth).FindSkipReason(output, _survey?[node, call] ?? default, out layout);
        LayerReport report = LayerReports.Of(node, name, output?.shape, reason);
        if (reason is null)
        {
            NoteSource(argument, output!);
            return PutTap(node, name, call, output!, layout, report with { Time = StopClock() });
        }

        _records.Add((report with { Time = StopClock() }, null));
        return output!;
    }

    private void NoteCall(ModuleNode node, Type result)
    {
        int call = _calls.GetValueOrDefault(node);
        _calls[node] = call + 1;
        _records.Add((LayerReports.Of(node, LayerReports.NameOf(node, call), null, LayerReports.OfResult(result)), null));
    }

    // Where a graph begins behind another than the input or an earlier beginning, the picture may have no part in it.
    private void NoteSource(Tensor argument, Tensor output)
    {
        if (!output.requires_grad && !_sourceArguments.Contains(argument))
        {
            HasDoubtfulSource |= _survey is null && _records.Exists(r => r.Tap is not null);
            _sourceArguments.Add(argument);
        }
    }

    // Layer methods of one pass come out together; each method that reruns the network works through the layers by itself.
    private int CountReports(LayerTap tap) =>
        (_methods.Any(m => m is LayerMethod) ? Passes : 0)
        + Enumerable.Range(0, Passes).Sum(pass => Enumerable.Range(0, _methods.Length).Count(m => _methods[m] is RerunMethod && tap.SkipReasons[m] is null && _plan.Needs(pass, m)));

    private TimeSpan StopClock() => _starts.TryPop(out long start) ? Stopwatch.GetElapsedTime(start) : default;

    private Tensor PutTap(ModuleNode node, string name, int call, Tensor output, OutputLayout layout, LayerReport report)
    {
        LayerTap tap = new(this, node, name, call, layout, _isCloning);
        tap.Describe(output);
        Tensor next = tap.Attach(output);
        _planned += CountReports(tap);
        _records.Add((report, tap));
        return next;
    }

    private TapMap[][] ReduceBatch(LayerTap tap, Tensor activation, Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor a, Tensor g) = OutputShape.Prepare(tap.Layout, activation, gradient, _device is not null);
        long[] shape = a.shape;
        bool isInPlace = ReferenceEquals(a, activation) && ReferenceEquals(g, gradient);
        bool isSame = _last.Exchange(TensorMemory.AddressOf(a), TensorMemory.AddressOf(g), ((int)shape[1], (int)shape[2], (int)shape[3]), isInPlace ? gradient : null);
        tap.Twin = isSame ? _lastTap : null;
        bool[] isReduced = new bool[_methods.Length];
        TapMap[][] maps = new TapMap[_methods.Length][];
        for (int m = 0; m < maps.Length; m++)
        {
            switch (_methods[m])
            {
                case LayerMethod method when tap.SkipReasons[m] is null && isSame && !method.DependsOnName:
                    maps[m] = _lastMaps![m];
                    break;
                case WeightedMethod method when tap.SkipReasons[m] is null && _device is not null:
                    maps[m] = _device.Queue(method.Weighting, a, g);
                    break;
                default:
                    isReduced[m] = _methods[m] is LayerMethod && tap.SkipReasons[m] is null;
                    maps[m] = isReduced[m] ? new TapMap[shape[0]] : [];
                    break;
            }
        }

        if (isReduced.Contains(true))
        {
            ReduceImages(tap, OutputShape.AsFloats(a), OutputShape.AsFloats(g), isReduced, maps);
        }

        (_lastMaps, _lastTap) = (maps, tap);
        return maps;
    }

    /// <summary>Fills maps[method][image] of the methods that <paramref name="isReduced"/> names.</summary>
    private void ReduceImages(LayerTap tap, Tensor a, Tensor g, bool[] isReduced, TapMap[][] maps)
    {
        ReadOnlySpan<float> activations = MemoryMarshal.Cast<byte, float>(a.bytes);
        ReadOnlySpan<float> gradients = MemoryMarshal.Cast<byte, float>(g.bytes);
        (int images, int channels, int height, int width) = ((int)a.shape[0], (int)a.shape[1], (int)a.shape[2], (int)a.shape[3]);
        int stride = channels * height * width;
        for (int n = 0; n < images; n++)
        {
            LayerTensors layer = new()
            {
                Name = tap.Name,
                Activation = activations.Slice(n * stride, stride),
                Gradient = gradients.Slice(n * stride, stride),
                Channels = channels,
                Height = height,
                Width = width,
                Module = tap.IsInput ? null : tap.Bias,
                Options = _options,
            };
            float[]?[] signed = _reduction.Reduce(layer, isReduced);
            for (int m = 0; m < signed.Length; m++)
            {
                if (signed[m] is { } values)
                {
                    maps[m][n] = TapMap.Rectified(channels, height, width, values);
                    _rectified.Add(maps[m][n]);
                }
            }
        }
    }
}

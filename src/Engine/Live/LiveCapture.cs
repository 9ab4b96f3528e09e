using System.Runtime.InteropServices;
using CAManim.Native.Engine.Axes;
using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Interop;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Smoothing;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Live;

/// <summary>Hooks that stay on the network between frames, taps and maps that are used again; outside of a frame the hooks do nothing.</summary>
internal sealed class LiveCapture : IDisposable
{
    private readonly IReadOnlyList<ModuleNode> _nodes;
    private readonly List<Action> _removals = [];
    private readonly HashSet<ModuleNode> _unhookable = [];
    private readonly List<LiveCall> _calls = [];
    private readonly List<LiveMap> _maps = [];
    private readonly LastOperands _last = new();
    private readonly DeviceReduction? _device;
    private readonly List<(LiveMap Map, TapMap[] Queued)> _queued = [];
    private readonly int[] _callsOfNode;
    private LiveTap? _lastTap;
    private DisposeScope? _scope;
    private int _position;
    private long _frame;

    public LiveCapture(IReadOnlyList<ModuleNode> nodes, Tensor input, CamOptions options, bool isCloning)
    {
        (_nodes, InputHeight, InputWidth, Options, IsCloning) = (nodes, (int)input.size(2), (int)input.size(3), options, isCloning);
        _device = DeviceReduction.For(input, options);
        _callsOfNode = new int[nodes.Count];
        foreach (ModuleNode node in nodes.Where(options.Layers.Selects))
        {
            Action? removal = ModuleHook.Register(node.Module, null, output => _scope is null ? output : Leave(node, output));
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

    public int InputHeight { get; }

    public int InputWidth { get; }

    /// <summary>Method, seed and compatibility may change between frames; the selection and order of layers are those of the constructor.</summary>
    public CamOptions Options { get; set; }

    /// <summary>Whether taps copy, for networks with in-place operations.</summary>
    public bool IsCloning { get; }

    /// <summary>What is known of the network's calls; set before the first frame.</summary>
    public NetworkSurvey? Survey { get; set; }

    /// <summary>The maps of the last frame in frame order.</summary>
    public IReadOnlyList<LiveMap> Maps => _maps;

    /// <summary>What went wrong inside of the backward pass, where nothing can be thrown.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Begins a frame, whose tensors are those of <paramref name="scope"/>.</summary>
    public void Begin(DisposeScope scope)
    {
        (_scope, Error, _position) = (scope, null, 0);
        _frame++;
        Array.Clear(_callsOfNode);
    }

    /// <summary>Waits for maps that are made on a device; after the backward pass.</summary>
    public void FinishMaps()
    {
        _device?.Finish();
        foreach ((LiveMap map, TapMap[] queued) in _queued)
        {
            map.Take(queued[0]);
        }

        _queued.Clear();
    }

    /// <summary>Ends a frame: lets go of what no gradient came for, and lists the maps.</summary>
    public void End()
    {
        _maps.Clear();
        for (int i = 0; i < _calls.Count; i++)
        {
            if (_calls[i].Tap is { } tap)
            {
                tap.Dispose();
                if (tap.Frame == _frame && i < _position)
                {
                    _maps.Add(tap.Map!);
                }
            }
        }

        if (Options.Order == LayerOrder.Registration)
        {
            SortByRegistration();
        }

        _last.Dispose();
        _device?.Forget();
        _queued.Clear();
        (_lastTap, _scope) = (null, null);
    }

    /// <summary>Every call of the last frame in frame order, and modules that were not called.</summary>
    public IReadOnlyList<LayerReport> Describe()
    {
        IEnumerable<LiveCall> calls = _calls.Take(_position);
        IEnumerable<LayerReport> reports = (Options.Order == LayerOrder.Registration ? calls.OrderBy(c => c.Report.Registration) : calls)
            .Select(c => c.Tap is { } tap && tap.Frame != _frame ? c.Report with { SkipReason = LayerReports.Lost } : c.Report);
        return
        [
            .. reports,
            .. _nodes.Where(n => Options.Layers.Selects(n) && !calls.Any(c => c.Node == n))
                .Select(n => LayerReports.Of(n, n.Name, null, _unhookable.Contains(n) ? LayerReports.Unhookable : LayerReports.NotCalled)),
        ];
    }

    /// <summary>Reduces one layer; called from the backward pass, throws nothing.</summary>
    public bool Reduce(LiveTap tap, Tensor activation, Tensor gradient)
    {
        if (Error is not null)
        {
            return false;
        }

        try
        {
            ReduceTo(tap, activation, gradient);
            return true;
        }
        catch (Exception error)
        {
            Error = error;
            return false;
        }
    }

    /// <summary>Disposes a handle where it was made in this frame; others belong to the network.</summary>
    public void DisposeOwn(Tensor? tensor)
    {
        if (tensor is not null && _scope is { } scope && scope.Contains(tensor))
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

        _removals.Clear();
        _calls.ForEach(c => c.Tap?.Dispose());
        _last.Dispose();
        _device?.Dispose();
    }

    private Tensor Leave(ModuleNode node, Tensor output)
    {
        int call = _callsOfNode[node.Registration]++;
        int position = _position++;
        if (position == _calls.Count)
        {
            _calls.Add(Meet(node, call, output));
        }
        else if (!_calls[position].Fits(node, output))
        {
            _calls[position].Tap?.Dispose();
            _calls[position] = Meet(node, call, output);
        }

        return _calls[position].Tap is { } tap ? tap.Attach(output) : output;
    }

    private void NoteCall(ModuleNode node, Type result)
    {
        if (_scope is null)
        {
            return;
        }

        int call = _callsOfNode[node.Registration]++;
        int position = _position++;
        if (position < _calls.Count && _calls[position].Fits(node, null))
        {
            return;
        }

        LiveCall met = new(node, LayerReports.Of(node, LayerReports.NameOf(node, call), null, LayerReports.OfResult(result)), null, null);
        if (position == _calls.Count)
        {
            _calls.Add(met);
            return;
        }

        _calls[position].Tap?.Dispose();
        _calls[position] = met;
    }

    private LiveCall Meet(ModuleNode node, int call, Tensor? output)
    {
        string name = LayerReports.NameOf(node, call);
        OutputLayout layout = OutputLayout.ChannelsFirst;
        string? reason = LayerReports.FindSkipReason(node);
        reason ??= new OutputShape(1, InputHeight, InputWidth).FindSkipReason(output, Survey?[node, call] ?? default, out layout);
        LayerReport report = LayerReports.Of(node, name, output?.shape, reason);
        return new LiveCall(node, report, output?.dtype, reason is null ? new LiveTap(this, node, name, layout, IsCloning) : null);
    }

    private void ReduceTo(LiveTap tap, Tensor activation, Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        LayerMethod method = (LayerMethod)CamMethods.Find(Options.Method);
        if (_device is not null && method is WeightedMethod weighted && !Options.EigenSmoothing)
        {
            ReduceOnDevice(tap, weighted, activation, gradient);
        }
        else
        {
            ReduceOnProcessor(tap, method, activation, gradient);
        }

        tap.Frame = _frame;
        _lastTap = tap;
    }

    private void ReduceOnDevice(LiveTap tap, WeightedMethod method, Tensor activation, Tensor gradient)
    {
        (Tensor a, Tensor g) = OutputShape.Prepare(tap.Layout, activation, gradient, isOnDevice: true);
        (int Channels, int Height, int Width) shape = ((int)a.size(1), (int)a.size(2), (int)a.size(3));
        LiveMap map = MapOf(tap, shape);
        bool isInPlace = ReferenceEquals(a, activation) && ReferenceEquals(g, gradient);
        if (_last.Exchange(TensorMemory.AddressOf(a), TensorMemory.AddressOf(g), shape, isInPlace ? gradient : null))
        {
            map.Share(_lastTap!.Map!);
            return;
        }

        map.Own();
        _queued.Add((map, _device!.Queue(method.Weighting, a, g)));
    }

    private void ReduceOnProcessor(LiveTap tap, LayerMethod method, Tensor activation, Tensor gradient)
    {
        (Tensor a, Tensor g) = OutputShape.Prepare(tap.Layout, activation, gradient, isOnDevice: false);
        ReadOnlySpan<float> activations = MemoryMarshal.Cast<byte, float>(a.bytes);
        ReadOnlySpan<float> gradients = MemoryMarshal.Cast<byte, float>(g.bytes);
        (int Channels, int Height, int Width) shape = ((int)a.size(1), (int)a.size(2), (int)a.size(3));
        LiveMap map = MapOf(tap, shape);
        bool isInPlace = ReferenceEquals(a, activation) && ReferenceEquals(g, gradient);
        if (_last.Exchange(activations, gradients, shape, isInPlace ? gradient : null) && !method.DependsOnName)
        {
            map.Share(_lastTap!.Map!);
            return;
        }

        LayerTensors layer = new()
        {
            Name = tap.Name,
            Activation = activations,
            Gradient = gradients,
            Channels = shape.Channels,
            Height = shape.Height,
            Width = shape.Width,
            Options = Options,
        };
        if (!Options.EigenSmoothing || !EigenSmoothing.TryReduce(method, layer, map.Signed))
        {
            method.Reduce(layer, map.Signed);
        }

        map.Complete(InputHeight, InputWidth);
    }

    private static LiveMap MapOf(LiveTap tap, (int Channels, int Height, int Width) shape) =>
        tap.Map ??= new LiveMap(tap.Node, tap.Name, shape.Channels, shape.Height, shape.Width);

    // Insertion: the list is short, nearly sorted and sorted without a comparer's allocation.
    private void SortByRegistration()
    {
        for (int i = 1; i < _maps.Count; i++)
        {
            LiveMap map = _maps[i];
            int to = i;
            for (; to > 0 && _maps[to - 1].Node.Registration > map.Node.Registration; to--)
            {
                _maps[to] = _maps[to - 1];
            }

            _maps[to] = map;
        }
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using CAManim.Native.Engine.Axes;
using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Interop;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Threads;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Live;

/// <summary>Maps of picture after picture: the network is prepared once, and every frame is written into the same memory.</summary>
/// <remarks>
/// <para>The maps equal those of <see cref="CamEngine.Run"/> bit for bit. While a session lives its network is in evaluation mode with frozen
/// parameters and carries hooks that do nothing outside of <see cref="Process"/>; disposing leaves it as it was found. Other engines may use
/// the network meanwhile, calls wait for each other.</para>
/// <para>Once the first frames have been seen a frame takes no managed memory of this class for targets that are a class, a contrast, a
/// counterfactual or the top class, with the methods of one fused kernel (GradCAM, HiResCAM, GradCAMElementWise, GradCAM++, XGradCAM,
/// LayerCAM), as long as the top class stays. What TorchSharp allocates (a handle for every tensor, objects for every custom function) remains.</para>
/// <para>Not for several threads at once; <see cref="LiveStream"/> takes pictures from any thread.</para>
/// </remarks>
public sealed class LiveSession : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _model;
    private readonly IReadOnlyList<ModuleNode> _nodes;
    private readonly ModelState _state;
    private readonly ComputeDevice _device;
    private readonly Tensor _input;
    private readonly LogitReader _reader;
    private LiveCapture _capture;
    private LiveFrame _frame;
    private CamOptions _options;
    private TargetScore? _score;
    private bool _isDisposed;

    /// <summary>Prepares a network.</summary>
    /// <param name="model">From [1,C,H,W] to logits [1,K]; it stays the caller's and must outlive the session.</param>
    /// <param name="channels">C.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="options">What to compute; null for GradCAM of the top class at all layers.</param>
    /// <param name="device">Where the network is, which the caller has placed there; not given: the processor.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="CamException">Kernels cannot run on the device, or the method is not live.</exception>
    public LiveSession(nn.Module<Tensor, Tensor> model, int channels, int height, int width, CamOptions? options = null, ComputeDevice device = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _options = Check(options ?? new CamOptions());
        (_model, _nodes, _device, Channels, Height, Width) = (model, ModuleTree.Walk(model), device, channels, height, width);
        lock (model)
        {
            _state = new ModelState(model, _nodes.Select(n => n.Module));

            // A tensor of inference mode could not be recorded.
            using IDisposable recording = inference_mode(false);
            _input = zeros([1, channels, height, width], ScalarType.Float32, CPU).DetachFromDisposeScope();
            _capture = NewCapture(InPlaceModels.Contains(model));
            _reader = new LogitReader(model, _nodes) { IsListening = false };
            _frame = new LiveFrame(_capture);
        }

        // Frames may be computed by another thread.
        TorchThreads.Release();
    }

    /// <summary>C of the input.</summary>
    public int Channels { get; }

    /// <summary>H of the input.</summary>
    public int Height { get; }

    /// <summary>W of the input.</summary>
    public int Width { get; }

    /// <summary>What is computed; may be set between frames. Another selection or order of layers prepares the network again.</summary>
    /// <exception cref="CamException">The method is not live.</exception>
    public CamOptions Options
    {
        get => _options;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            CamOptions checkedOptions = Check(value);
            lock (_model)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                bool isSameLayers = checkedOptions.Layers == _options.Layers && checkedOptions.Order == _options.Order && checkedOptions.EmulatesKernels == _options.EmulatesKernels;
                (_options, _score) = (checkedOptions, null);
                if (isSameLayers)
                {
                    _capture.Options = checkedOptions;
                }
                else
                {
                    PrepareAgain(_capture.IsCloning);
                }
            }
        }
    }

    /// <summary>Whether a method is live: one forward and backward give its maps, layer by layer.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="method"/> is no method.</exception>
    public static bool Supports(CamMethod method) => FindRefusal(method) is null;

    /// <summary>Why a method is not live, as a sentence that says what to do instead; null where it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="method"/> is no method.</exception>
    public static string? FindRefusal(CamMethod method)
    {
        string? reason = LiveRefusal.Of(CamMethods.Find(method));
        return reason is null ? null : $"{CamMethods.NameOf(method)} {reason}, which is not live. Choose one of {string.Join(", ", CamMethods.All.Where(m => LiveRefusal.Of(CamMethods.Find(m.Method)) is null).Select(m => m.Name))}.";
    }

    /// <summary>Computes the maps of one picture.</summary>
    /// <param name="input">[C,H,W], normalised as the network expects it; copied.</param>
    /// <param name="received">When the picture was there, by <see cref="Stopwatch.GetTimestamp"/>; 0: now.</param>
    /// <returns>The session's one frame, valid until the next call.</returns>
    /// <exception cref="ArgumentException"><paramref name="input"/> does not hold C·H·W values.</exception>
    /// <exception cref="CamException">The network's output is not logits [1,K], the target does not exist, or a map could not be computed.</exception>
    /// <exception cref="NotFiniteException">The network's outputs are NaN or infinite.</exception>
    /// <exception cref="ObjectDisposedException">The session is over.</exception>
    public LiveFrame Process(ReadOnlySpan<float> input, long received = 0)
    {
        long now = Stopwatch.GetTimestamp();
        if (input.Length != (long)Channels * Height * Width)
        {
            throw new ArgumentException($"An input [{Channels},{Height},{Width}] has {(long)Channels * Height * Width} values, got {input.Length}.", nameof(input));
        }

        lock (_model)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            input.CopyTo(MemoryMarshal.Cast<byte, float>(_input.bytes));
            long started = Stopwatch.GetTimestamp();
            long predicted;
            try
            {
                predicted = Run();
            }
            catch (ExternalException error) when (!_capture.IsCloning && InPlaceModels.IsRefusal(error))
            {
                InPlaceModels.Add(_model);
                PrepareAgain(isCloning: true);
                predicted = Run();
            }
            catch (ExternalException error) when (DeviceMemory.IsExhausted(error))
            {
                throw new CamException($"The memory of {_device} is full: a frame of [{Channels},{Height},{Width}] with the activations of all layers does not fit. Use smaller pictures or fewer layers, or free memory that other programs hold.", error);
            }

            _frame.Number++;
            _frame.Times = new LiveTimes(received == 0 ? now : received, started, predicted, Stopwatch.GetTimestamp());
            return _frame;
        }
    }

    /// <summary>Takes the hooks off and leaves the network as it was found.</summary>
    public void Dispose()
    {
        lock (_model)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                _capture.Dispose();
                _reader.Dispose();
                _input.Dispose();
                _state.Dispose();
            }
        }
    }

    private static CamOptions Check(CamOptions options)
    {
        if (options.AugmentationSmoothing)
        {
            throw new CamException("Smoothing by augmentation runs the network several times for a picture, which is not live. Leave it out.");
        }

        return FindRefusal(options.Method) is { } refusal ? throw new CamException(refusal) : options;
    }

    private void PrepareAgain(bool isCloning)
    {
        long number = _frame.Number;
        _capture.Dispose();
        _capture = NewCapture(isCloning);
        _frame = new LiveFrame(_capture) { Number = number };
    }

    private LiveCapture NewCapture(bool isCloning)
    {
        using Tensor input = _device.Place(_input.alias());
        ProcessorGate.Pass(input, _options.Precision);
        return new LiveCapture(_nodes, input, _options, isCloning);
    }

    /// <returns>When the logits were there.</returns>
    private long Run()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable recording = inference_mode(false);
        using IDisposable gradients = enable_grad();
        long predicted;
        bool isUsable;
        if (_capture.Survey is null)
        {
            // The first frame of a session takes longer anyway: whatever the modules, every question is answered.
            using Tensor input = _device.Place(_input.alias());
            _capture.Survey = NetworkSurvey.Of(_model, _nodes, input);
        }

        _capture.Begin(scope);
        try
        {
            _reader.IsListening = true;
            Tensor output = Forward();
            Tensor outputLogits = _reader.Read(output, 1);
            Span<float> logits = ReadLogits(outputLogits);
            predicted = Stopwatch.GetTimestamp();
            isUsable = !_options.Target.NeedsLogits || NotFiniteSearch.AreUsable(logits);
            if (_score is null || !_options.Target.Holds(_score, logits))
            {
                _score = _options.Target.Resolve(logits);
            }

            Tensor score = _score.Of((_score.TakesOutput && output.shape is [1, ..] ? output : outputLogits)[0]);
            if (score.requires_grad && isUsable)
            {
                score.backward();
            }

            _capture.FinishMaps();
        }
        finally
        {
            _reader.IsListening = false;
            _capture.End();
        }

        if (!isUsable)
        {
            throw NotFiniteSearch.Explain(_model, _nodes, _device.Place(_input.alias()), _options.Precision, NotFiniteSearch.Describe(_frame.Logits));
        }

        if (_capture.Error is { } error)
        {
            throw new CamException($"A layer's map could not be computed: {error.Message}", error);
        }

        _frame.Complete(_score.ClassIndex, _options.Activation, _reader.FinalActivation);
        return predicted;
    }

    private Tensor Forward()
    {
        Tensor input = InputLayout.Arrange(_device.Place(_input.detach()), _options.MemoryFormat);
        ProcessorGate.Pass(input, _options.Precision);
        using Autocast? autocast = Autocast.For(_options.Precision, input);
        return _model.call(input);
    }

    private Span<float> ReadLogits(Tensor output)
    {
        if (output.dim() != 2 || output.size(0) != 1)
        {
            return _options.Target.NeedsLogits || output.dim() == 0 || output.size(0) != 1
                ? throw new CamException($"The network returned shape [{string.Join(',', output.shape)}]; logits [1,K] are expected. For other outputs use {nameof(Target)}.{nameof(Target.Function)}.")
                : _frame.Room(0);
        }

        Span<float> logits = _frame.Room((int)output.size(1));
        MemoryMarshal.Cast<byte, float>(OutputShape.AsFloats(output.detach()).bytes).CopyTo(logits);
        return logits;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using CAManim.Native.Encoding.Decoding;
using CAManim.Native.Engine.Live;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Threads;
using CAManim.Native.Models.Images;
using CAManim.Native.Server.Explain;
using CAManim.Native.Server.Sources;
using Microsoft.AspNetCore.Http;

namespace CAManim.Native.Server.Live;

/// <summary>From a source through a network to the viewers: one thread reads pictures, one computes; the newest picture wins at both ends.</summary>
/// <remarks>
/// What pages ask for is read where it is asked, and tried by the thread that computes: if the network cannot do it, the page that asked is told
/// why and the settings before it stay at work. Nothing that a page says ends the channel.
/// </remarks>
public sealed class LiveChannel : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    // Browsers are at work for about as long after their script has drawn; scores wait until they are done, and not for pages that never are.
    private static readonly TimeSpan PageTime = TimeSpan.FromMilliseconds(12);
    private static readonly TimeSpan LongestPageTime = TimeSpan.FromMilliseconds(100);

    // Then a picture is a still, and the animation needs no other.
    private static readonly TimeSpan StillAfter = TimeSpan.FromMilliseconds(300);

    // Changes that wait to be tried, of all pages together.
    private const int MostChanges = 32;
    private const int MostFailures = 30;

    private readonly ServedModel _model;
    private readonly IPictureSource _source;
    private readonly Preprocessing _preprocessing;
    private readonly Newest<LivePicture> _pictures = new(() => new LivePicture());
    private readonly Arrivals _arrivals = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LiveSession _session;
    private readonly PinnedPair _pair = new();
    private readonly LivePacket _packet = new();
    private readonly LiveRates _rates = new();
    private readonly LiveRoad _road;
    private readonly ConcurrentQueue<LiveChange> _changes = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly List<Thread> _threads = [];
    private volatile LiveSettings _settings;
    private ModelInput? _input;
    private LiveFrame? _frame;
    private volatile CancellationTokenSource? _scoring;
    private long _received;
    private int _failures;
    private int _shown = -1;
    private int _lastShown = -1;

    /// <summary>Prepares, and tries the settings with an empty picture; <see cref="Start"/> begins.</summary>
    /// <param name="model">The network.</param>
    /// <param name="settings">What to begin with.</param>
    /// <param name="source">The pictures; the channel's from here on.</param>
    /// <exception cref="ArgumentException">A setting names what does not exist, or the network cannot do it.</exception>
    public LiveChannel(ServedModel model, LiveSettings settings, IPictureSource source)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(source);
        (_model, _settings, _source, Look) = (model, settings, source, settings.Look);
        _preprocessing = model.Prepare(settings.Resize);
        int size = model.Model.InputSize;
        try
        {
            _session = new LiveSession(model.Model.Module, _preprocessing.Channels, size, size, Read(settings), model.Device);
            _ = Check(_session.Process(new float[_preprocessing.Channels * size * size]), settings.Layers);

            // Frames are computed by another thread.
            TorchThreads.Release();
        }
        catch (Exception error) when (IsOfSettings(error))
        {
            _session?.Dispose();
            throw new ArgumentException(Words(error), error);
        }

        _road = new LiveRoad(model, settings.RoadShare);
        Recorder = new LiveRecorder(settings.LongestRecording);
        Board = new PacketBoard();
    }

    /// <summary>Pictures that went through the network.</summary>
    public long Frames { get; private set; }

    /// <summary>Pictures that a newer one replaced.</summary>
    public long Dropped => _pictures.Dropped;

    /// <summary>Open live pages.</summary>
    public int Viewers => Board.Viewers;

    /// <summary>From picture in to maps out, of the last frame.</summary>
    public double LatencyInSeconds { get; private set; }

    /// <summary>Why it ended, in words for the user; completes when the source has ended or failed.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>Whether pictures are let pass.</summary>
    internal bool IsPaused { get; private set; }

    internal PacketBoard Board { get; }

    internal LiveRecorder Recorder { get; }

    internal ServedModel Model => _model;

    internal string SourceName => _source.Name;

    internal LiveSettings Settings => _settings;

    /// <summary>The colours of recordings: those of the page that was changed last, or that began the recording.</summary>
    /// <exception cref="ArgumentException">They cannot be drawn.</exception>
    internal LiveLook Look
    {
        get;
        set
        {
            value.Check();
            field = value;
        }
    }

    /// <summary>Starts reading and computing.</summary>
    public void Start()
    {
        foreach ((string name, Action work) in ((string, Action)[])[("pictures", ReadPictures), ("maps", ComputeMaps)])
        {
            Thread thread = new(() => Guard(work)) { IsBackground = true, Name = name };
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>Ends both threads and leaves the network as it was found.</summary>
    public void Dispose()
    {
        _stop.Cancel();

        // A source that waits for a device or for standard input cannot be interrupted; its thread ends with the process.
        foreach (Thread thread in _threads)
        {
            thread.Join(thread.Name == "maps" ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(1));
        }

        _session.Dispose();
        Recorder.Dispose();
        if (_threads.TrueForAll(t => !t.IsAlive))
        {
            _source.Dispose();
            _pictures.Dispose();
        }
    }

    /// <summary>Changes target, method or layers, once the thread that computes has found that the network can.</summary>
    /// <exception cref="RequestException">A name is not known, or too many changes wait; nothing changes.</exception>
    internal void Change(LiveChange change)
    {
        _ = Read(change.Apply(_settings));
        if (_changes.Count >= MostChanges)
        {
            throw new RequestException(StatusCodes.Status503ServiceUnavailable, $"{MostChanges} changes of settings wait to be tried already. Ask again in a moment.");
        }

        _changes.Enqueue(change);
    }

    /// <summary>Lets pictures pass, or goes on.</summary>
    internal void Pause(bool isPaused)
    {
        IsPaused = isPaused;
        Board.Touch();
    }

    /// <summary>Shows one layer; -1: one after the other.</summary>
    internal void Show(int layer) => _shown = Math.Max(layer, -1);

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed.
        }
        catch (Exception error)
        {
            _ended.TrySetException(error);
        }
    }

    private void ReadPictures()
    {
        VideoPicture picture = new();
        while (_source.Read(picture, _stop.Token))
        {
            _pictures.Publish(static (slot, from) => slot.Fill(from.Picture, from.Still), (Picture: picture, (_source as IStillSource)?.Still));
            _arrivals.Count();
            _scoring?.Cancel();
        }

        _ended.TrySetResult($"{_source.Name} has ended after {_pictures.Published} pictures.");
    }

    private void ComputeMaps()
    {
        while (!_stop.IsCancellationRequested)
        {
            LivePicture? picture = _pictures.Take(_road.IsDue ? PageTime : Patience, _stop.Token);
            bool isNew = picture is not null && !IsPaused;
            if (isNew)
            {
                _input = Prepare(picture!);
                _received = picture!.Received;
            }

            if (_input is null)
            {
                continue;
            }

            if (_changes.TryDequeue(out LiveChange? change))
            {
                _received = isNew ? _received : Stopwatch.GetTimestamp();
                Adopt(change, _input);
            }
            else if (isNew)
            {
                PublishNext(_input);
            }
            else
            {
                ShowNextLayer();
                ScoreMeanwhile();
            }
        }
    }

    // A picture for which the network gives no numbers, say, is left out and said; a network that gives none for many is at its end.
    private void PublishNext(ModelInput input)
    {
        try
        {
            Publish(Process(input.Values, _received), input);
            _failures = 0;
        }
        catch (Engine.CamException error) when (++_failures < MostFailures)
        {
            Board.Tell($"A picture is left out: {error.Message}");
            _frame = null;
        }
    }

    private void Publish(LiveFrame frame, ModelInput input)
    {
        (Frames, LatencyInSeconds) = (Frames + 1, frame.Times.Latency.TotalSeconds);
        _rates.Count(frame.Times);
        Board.Describe(frame.Maps);
        Send(frame, input);
        _frame = frame;
        if (_road.IsDue && _arrivals.Interval < frame.Times.Computation)
        {
            Score(frame, input, CancellationToken.None);
        }
    }

    /// <summary>The layer that is shown of a frame; -1 where there is none.</summary>
    private int Choose(LiveFrame frame)
    {
        int count = frame.Maps.Count;
        int running = IsPaused ? _lastShown : (int)(Stopwatch.GetElapsedTime(_start).TotalSeconds * _settings.LayersPerSecond % Math.Max(count, 1));
        return Math.Min(_shown >= 0 ? _shown : running, count - 1);
    }

    private void Send(LiveFrame frame, ModelInput input)
    {
        int shown = Choose(frame);
        _lastShown = shown;
        Board.Publish(_packet.Write(frame, input, this, _rates, _road, shown));
        if (Recorder.IsRecording && shown >= 0 && Recorder.Add(input.Image, frame, _model, _settings.Method, Look, shown) is { } end)
        {
            Board.Tell(end);
            Board.Touch();
        }
    }

    /// <summary>Where no picture comes for a while the animation goes on with the last.</summary>
    private void ShowNextLayer()
    {
        if (Stopwatch.GetElapsedTime(_received) > StillAfter && _frame is { } frame && _input is { } input && Choose(frame) != _lastShown)
        {
            Send(frame, input);
        }
    }

    private LiveFrame Process(ReadOnlySpan<float> values, long received)
    {
        using PinnedPair.Scope pinned = _pair.Enter();
        return _session.Process(values, received);
    }

    /// <summary>The first frame with options that were not at work before.</summary>
    /// <exception cref="RequestException">There are no maps.</exception>
    private LiveFrame Check(LiveFrame frame, string layers)
    {
        _model.ClassCount = frame.Logits.Length;
        return frame.Maps.Count > 0
            ? frame
            : throw new RequestException(StatusCodes.Status400BadRequest, EmptySelection.Explain(layers, frame.ToResult().Layers, _model.Model));
    }

    private void Adopt(LiveChange change, ModelInput input)
    {
        LiveSettings before = _settings;
        LiveSettings asked = change.Apply(before);
        LiveFrame frame;
        try
        {
            Engine.CamOptions options = Read(asked);
            _session.Options = options;
            frame = Check(Process(input.Values, _received), asked.Layers);
            _settings = asked with { Method = CamMethods.NameOf(options.Method) };
            _road.Reset();
        }
        catch (Exception error) when (IsOfSettings(error))
        {
            change.Refuse(Words(error));
            _session.Options = Read(before);
            frame = Process(input.Values, _received);
        }

        Board.Touch();
        Publish(frame, input);
    }

    // What the engine, libtorch and the reading of settings throw where the network cannot do what is asked.
    private static bool IsOfSettings(Exception error) =>
        error is RequestException or Engine.CamException or ExternalException or ArgumentException or InvalidOperationException or NotSupportedException;

    // libtorch appends the frames of its native stack.
    private static string Words(Exception error) => error is ExternalException ? $"The network cannot do that: {error.Message.Split('\n')[0]}" : error.Message;

    /// <summary>Scores a layer of the last frame where no one waits for the processor.</summary>
    private void ScoreMeanwhile()
    {
        if (_frame is null || _input is null || IsPaused || !_road.IsDue || !_road.Fits(_arrivals.Gap) || !Board.IsDrawn(PageTime, LongestPageTime))
        {
            return;
        }

        CancellationTokenSource giveUp = new();
        _scoring = giveUp;
        if (!_pictures.IsWaiting)
        {
            Score(_frame, _input, giveUp.Token);
        }

        _scoring = null;
    }

    private void Score(LiveFrame frame, ModelInput input, CancellationToken giveUp)
    {
        try
        {
            using (_pair.Enter())
            {
                _road.Work(frame, input, giveUp);
            }
        }
        catch (Exception error) when (IsOfSettings(error))
        {
            _road.Stop();
            Board.Tell($"There are no scores with these settings: {Words(error)}");
        }

        // Scoring has ended the helper; the next frame finds one.
        using PinnedPair.Scope next = _pair.Enter();
    }

    private ModelInput Prepare(LivePicture received)
    {
        if (received.Still is { } still)
        {
            return _preprocessing.Apply(still);
        }

        VideoPicture picture = received.Picture;
        ModelInput input = _preprocessing.Apply(new RgbImage(picture.Width, picture.Height, picture.Pixels));

        // A picture that has the network's size already is not copied, and its memory is written again.
        return ReferenceEquals(input.Image.Pixels, picture.Pixels)
            ? input with { Image = new RgbImage(picture.Width, picture.Height, [.. picture.Pixels]) }
            : input;
    }

    private Engine.CamOptions Read(LiveSettings settings)
    {
        Engine.CamOptions options = new ExplainParameters(settings.Target, settings.Method, settings.Layers, "both", settings.Look.ColorMap).Read(_model);
        return LiveSession.FindRefusal(options.Method) is { } refusal
            ? throw new RequestException(StatusCodes.Status400BadRequest, refusal)
            : settings.Options with { Method = options.Method, Target = options.Target, Layers = options.Layers };
    }
}

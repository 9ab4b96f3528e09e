using System.Diagnostics;
using CAManim.Native.Encoding.Decoding;
using CAManim.Native.Engine.Live;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Threads;
using CAManim.Native.Models.Images;
using CAManim.Native.Server.Explain;
using CAManim.Native.Server.Sources;
using Microsoft.AspNetCore.Http;

namespace CAManim.Native.Server.Live;

/// <summary>From a source through a network to the viewers: one thread reads pictures, one computes; the newest picture wins at both ends.</summary>
public sealed class LiveChannel : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    // Browsers are at work for about as long after their script has drawn; scores wait until they are done, and not for pages that never are.
    private static readonly TimeSpan PageTime = TimeSpan.FromMilliseconds(12);
    private static readonly TimeSpan LongestPageTime = TimeSpan.FromMilliseconds(100);

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
    private readonly Lock _lock = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly List<Thread> _threads = [];
    private LiveSettings _settings;
    private LiveSettings _asked;
    private ModelInput? _input;
    private LiveFrame? _frame;
    private volatile CancellationTokenSource? _scoring;
    private long _received;
    private int _shown = -1;

    /// <summary>Prepares; <see cref="Start"/> begins.</summary>
    /// <param name="model">The network.</param>
    /// <param name="settings">What to begin with.</param>
    /// <param name="source">The pictures; the channel's from here on.</param>
    /// <exception cref="ArgumentException">A setting names what does not exist.</exception>
    public LiveChannel(ServedModel model, LiveSettings settings, IPictureSource source)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(source);
        (_model, _settings, _asked, _source, Look) = (model, settings, settings, source, settings.Look);
        _preprocessing = model.Prepare(settings.Resize);
        int size = model.Model.InputSize;
        try
        {
            _session = new LiveSession(model.Model.Module, 3, size, size, Read(settings), model.Device);
        }
        catch (Exception error) when (error is RequestException or Engine.CamException)
        {
            throw new ArgumentException(error.Message, error);
        }

        _road = new LiveRoad(model, settings.RoadShare);
        Recorder = new LiveRecorder();
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

    /// <summary>Changes target, method or layers from the next frame on.</summary>
    /// <param name="difference">Told what was asked for last, which may not be at work yet; gives what is asked for now.</param>
    /// <exception cref="RequestException">A name is not known; nothing changes.</exception>
    internal void Change(Func<LiveSettings, LiveSettings> difference)
    {
        lock (_lock)
        {
            LiveSettings settings = difference(_asked);
            _ = Read(settings);
            _asked = settings;
        }
    }

    /// <summary>Lets pictures pass, or goes on.</summary>
    internal void Pause(bool isPaused)
    {
        IsPaused = isPaused;
        Board.Touch();
    }

    /// <summary>Shows one layer; -1: one after the other.</summary>
    internal void Show(int layer) => _shown = layer;

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
            _pictures.Publish(static (slot, from) => slot.Fill(from), picture);
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
            bool isChanged = Adopt();
            if (picture is not null && !IsPaused)
            {
                _input = Prepare(picture.Picture);
                _received = picture.Received;
            }
            else if (!isChanged || _input is null)
            {
                ScoreMeanwhile();
                continue;
            }
            else
            {
                _received = Stopwatch.GetTimestamp();
            }

            Compute(_input);
        }
    }

    private void Compute(ModelInput input)
    {
        LiveFrame frame = Process(input);
        int shown = frame.Maps.Count == 0 ? -1 : _shown >= 0 ? Math.Min(_shown, frame.Maps.Count - 1) : (int)(Stopwatch.GetElapsedTime(_start).TotalSeconds * _settings.LayersPerSecond) % frame.Maps.Count;
        (Frames, LatencyInSeconds) = (frame.Number, frame.Times.Latency.TotalSeconds);
        _rates.Count(frame.Times);
        Board.Describe(frame.Maps);
        Board.Publish(_packet.Write(frame, input, this, _rates, _road, shown));
        if (Recorder.IsRecording && shown >= 0 && Recorder.Add(input.Image, frame, _model, _settings.Method, Look, shown))
        {
            Board.Touch();
        }

        _frame = frame;
        if (_road.IsDue && _arrivals.Interval < frame.Times.Computation)
        {
            Score(frame, input, CancellationToken.None);
        }
    }

    private LiveFrame Process(ModelInput input)
    {
        using PinnedPair.Scope pinned = _pair.Enter();
        return _session.Process(input.Values, _received);
    }

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
        using (_pair.Enter())
        {
            _road.Work(frame, input, giveUp);
        }

        // Scoring has ended the helper; the next frame finds one.
        using PinnedPair.Scope next = _pair.Enter();
    }

    private ModelInput Prepare(VideoPicture picture)
    {
        ModelInput input = _preprocessing.Apply(new RgbImage(picture.Width, picture.Height, picture.Pixels));

        // A picture that has the network's size already is not copied, and its memory is written again.
        return ReferenceEquals(input.Image.Pixels, picture.Pixels)
            ? input with { Image = new RgbImage(picture.Width, picture.Height, [.. picture.Pixels]) }
            : input;
    }

    private bool Adopt()
    {
        LiveSettings asked;
        lock (_lock)
        {
            asked = _asked;
        }

        if (ReferenceEquals(asked, _settings))
        {
            return false;
        }

        _session.Options = Read(asked);
        _settings = asked;
        _frame = null;
        _road.Reset();
        Board.Touch();
        return true;
    }

    private Engine.CamOptions Read(LiveSettings settings)
    {
        Engine.CamOptions options = new ExplainParameters(settings.Target, settings.Method, settings.Layers, "both", settings.Look.ColorMap).Read(_model);
        return LiveSession.Supports(options.Method)
            ? settings.Options with { Method = options.Method, Target = options.Target, Layers = options.Layers }
            : throw new RequestException(StatusCodes.Status400BadRequest, $"{settings.Method} runs the network again for every channel, which is not live.");
    }
}

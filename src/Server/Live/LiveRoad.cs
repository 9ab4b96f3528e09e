using System.Diagnostics;
using CAManim.Native.Engine.Live;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Models.Images;
using TorchSharp;

namespace CAManim.Native.Server.Live;

/// <summary>
/// ybROAD-light: ROAD at one percentile, without noise, of a few layers spread over the depth, one layer at a time between frames, in a
/// share of the time. Its value is the mean of the layers' last scores; the layers belong to pictures that followed each other.
/// </summary>
/// <remarks>
/// No frame waits for it: it begins where it can be done before the next picture is expected, and gives up when one comes nevertheless.
/// Where pictures come faster than the network works they lie waiting anyway, and the newest is taken afterwards: that costs rate, not latency.
/// </remarks>
internal sealed class LiveRoad(ServedModel model, double share)
{
    // What a score takes is known by the last; now and then it is found out again.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private const int Layers = 12;

    // An image at a time, so that it can be given up soon.
    private static readonly RoadOptions Light = new() { Percentiles = [50], Noise = 0, BatchSize = 1 };

    private readonly float?[] _scores = new float?[Layers];
    private long _lastEnd = Stopwatch.GetTimestamp();
    private TimeSpan _lastSpent;
    private TimeSpan _cost;
    private int _next;
    private bool _isStopped;

    /// <summary>The mean of the scores; null until there is one.</summary>
    public float? Mean { get; private set; }

    /// <summary>How many times all layers were gone through.</summary>
    public int Sweeps { get; private set; }

    /// <summary>Forgets the scores, which belong to another target, method or selection.</summary>
    public void Reset()
    {
        Array.Clear(_scores);
        (_next, Mean, _isStopped) = (0, null, false);
    }

    /// <summary>Scores no more until the next <see cref="Reset"/>.</summary>
    public void Stop() => _isStopped = true;

    /// <summary>Whether the share of the time permits another score.</summary>
    public bool IsDue => share > 0 && !_isStopped && Stopwatch.GetElapsedTime(_lastEnd) >= _lastSpent * ((1 - share) / share);

    /// <summary>Whether a score can be done in this time.</summary>
    public bool Fits(TimeSpan gap) => gap > _cost || Stopwatch.GetElapsedTime(_lastEnd) > LongestPause;

    /// <summary>Scores the next layer.</summary>
    /// <param name="frame">The frame whose map is scored.</param>
    /// <param name="input">Its picture.</param>
    /// <param name="giveUp">Looked at between images.</param>
    public void Work(LiveFrame frame, ModelInput input, CancellationToken giveUp)
    {
        if (frame.Maps.Count == 0 || frame.ClassIndex < 0)
        {
            return;
        }

        long start = Stopwatch.GetTimestamp();
        int layers = Math.Min(Layers, frame.Maps.Count);
        int layer = layers == 1 ? 0 : _next * (frame.Maps.Count - 1) / (layers - 1);
        CamResult one = frame.ToResult(layer);
        try
        {
            using torch.Tensor tensor = model.Device.Place(input.ToTensor());
            _scores[_next] = YbRoad.Score(model.Model.Module, tensor, one, Light, cancellation: giveUp).Layers[0].Road;
            _cost = Stopwatch.GetElapsedTime(start);
            if (++_next >= layers)
            {
                (_next, Sweeps) = (0, Sweeps + 1);
            }

            Mean = _scores.Any(s => s is not null) ? _scores.Average() : null;
        }
        catch (OperationCanceledException)
        {
            // The layer's turn comes again.
        }

        (_lastSpent, _lastEnd) = (Stopwatch.GetElapsedTime(start), Stopwatch.GetTimestamp());
    }
}

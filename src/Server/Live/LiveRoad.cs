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
internal sealed class LiveRoad(ServedModel model, double share)
{
    private const int Layers = 12;

    private static readonly RoadOptions Light = new() { Percentiles = [50], Noise = 0 };

    private readonly float?[] _scores = new float?[Layers];
    private long _lastEnd = Stopwatch.GetTimestamp();
    private TimeSpan _lastCost;
    private int _next;

    /// <summary>The mean of the scores; null until there is one.</summary>
    public float? Mean { get; private set; }

    /// <summary>How many times all layers were gone through.</summary>
    public int Sweeps { get; private set; }

    /// <summary>Forgets the scores, which belong to another target, method or selection.</summary>
    public void Reset()
    {
        Array.Clear(_scores);
        (_next, Mean) = (0, null);
    }

    /// <summary>Scores the next layer where time permits.</summary>
    public void Work(LiveFrame frame, ModelInput input)
    {
        if (share <= 0 || frame.Maps.Count == 0 || frame.ClassIndex < 0 || Stopwatch.GetElapsedTime(_lastEnd) < _lastCost * ((1 - share) / share))
        {
            return;
        }

        long start = Stopwatch.GetTimestamp();
        int layers = Math.Min(Layers, frame.Maps.Count);
        int layer = layers == 1 ? 0 : _next * (frame.Maps.Count - 1) / (layers - 1);
        CamResult one = frame.ToResult(layer);
        using (torch.Tensor tensor = input.ToTensor())
        {
            _scores[_next] = YbRoad.Score(model.Model.Module, tensor, one, Light).Layers[0].Road;
        }

        if (++_next >= layers)
        {
            (_next, Sweeps) = (0, Sweeps + 1);
        }

        Mean = _scores.Any(s => s is not null) ? _scores.Average() : null;
        (_lastCost, _lastEnd) = (Stopwatch.GetElapsedTime(start), Stopwatch.GetTimestamp());
    }
}

using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Outputs;

namespace CAManim.Native.Engine.Live;

/// <summary>What a <see cref="LiveSession"/> found in a picture: one object, written again by every frame.</summary>
/// <remarks>Read it before the next frame, or take <see cref="ToResult()"/> along.</remarks>
public sealed class LiveFrame
{
    private readonly LiveCapture _capture;
    private float[] _logits = [];

    internal LiveFrame(LiveCapture capture) => _capture = capture;

    /// <summary>Number of the frame in its session, from 1; 0 before the first.</summary>
    public long Number { get; internal set; }

    /// <summary>The maps in frame order.</summary>
    public IReadOnlyList<LiveMap> Maps => _capture.Maps;

    /// <summary>Logits [K].</summary>
    public ReadOnlySpan<float> Logits => _logits;

    /// <summary>Index of the explained class; -1 where there are no logits.</summary>
    public int ClassIndex { get; private set; } = -1;

    /// <summary>How the logits become scores.</summary>
    public ScoreActivation Activation { get; private set; }

    /// <summary>Why <see cref="Activation"/> is no softmax, where nobody asked for it; null else.</summary>
    public string? ActivationReason { get; private set; }

    /// <summary>Score of the explained class by <see cref="Activation"/>; NaN where there are no logits.</summary>
    public float Probability { get; private set; } = float.NaN;

    /// <summary>Smallest value over all resized maps: the global normalisation's zero; 0 where there are no maps.</summary>
    public float GlobalMinimum { get; private set; }

    /// <summary>Largest value over all resized maps: the global normalisation's one; 0 where there are no maps.</summary>
    public float GlobalMaximum { get; private set; }

    /// <summary>When it was where.</summary>
    public LiveTimes Times { get; internal set; }

    /// <summary>A copy that outlives the frame; equals that of <see cref="CamEngine.Run"/> but for the layers' times.</summary>
    public CamResult ToResult() => Copy(Maps);

    /// <summary>A copy with the map of one layer only.</summary>
    /// <param name="map">Number of the map, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such map.</exception>
    public CamResult ToResult(int map) => Copy([Maps[map]]);

    /// <summary>Room for K logits.</summary>
    internal Span<float> Room(int classes)
    {
        if (_logits.Length != classes)
        {
            _logits = new float[classes];
        }

        return _logits;
    }

    internal void Complete(int classIndex, ScoreActivation asked, ScoreActivation known)
    {
        ClassIndex = classIndex;
        (Activation, ActivationReason) = _logits.Length == 0 ? (asked, null) : ScoreActivations.Choose(asked, known, _logits);
        Probability = classIndex < 0 ? float.NaN : ScoreActivations.At(Activation, _logits, classIndex);
        (GlobalMinimum, GlobalMaximum) = Maps.Count == 0 ? (0, 0) : (float.PositiveInfinity, float.NegativeInfinity);
        for (int i = 0; i < Maps.Count; i++)
        {
            GlobalMinimum = Math.Min(GlobalMinimum, Maps[i].Minimum);
            GlobalMaximum = Math.Max(GlobalMaximum, Maps[i].Maximum);
        }
    }

    private CamResult Copy(IEnumerable<LiveMap> maps) => new()
    {
        Frames = [.. maps.Select(m => m.ToLayerMap())],
        Layers = _capture.Describe(),
        Logits = _logits.ToArray(),
        ClassIndex = ClassIndex,
        Probability = Probability,
        Activation = Activation,
        ActivationReason = ActivationReason,
        Method = _capture.Options.Method,
        InputHeight = _capture.InputHeight,
        InputWidth = _capture.InputWidth,
        GlobalMinimum = GlobalMinimum,
        GlobalMaximum = GlobalMaximum,
    };
}

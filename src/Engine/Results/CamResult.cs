using CAManim.Native.Engine.Methods;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Outputs;

namespace CAManim.Native.Engine.Results;

/// <summary>The maps of all layers for one image and one target: plain memory, nothing to dispose.</summary>
public sealed record CamResult
{
    /// <summary>The maps in frame order.</summary>
    public required IReadOnlyList<LayerMap> Frames { get; init; }

    /// <summary>Every module call, kept or skipped with its reason, in frame order; modules that were not called stand last.</summary>
    public required IReadOnlyList<LayerReport> Layers { get; init; }

    /// <summary>Logits [K], what goes into a softmax or sigmoid at the network's end; empty where the network returns something else (see <see cref="Targets.Target.Function"/>).</summary>
    public required ReadOnlyMemory<float> Logits { get; init; }

    /// <summary>Index of the explained class; -1 where there are no logits.</summary>
    public required int ClassIndex { get; init; }

    /// <summary>Score of the explained class by <see cref="Activation"/>: 0 to 1, or the output itself; NaN where there are no logits.</summary>
    public required float Probability { get; init; }

    /// <summary>How the logits became scores; where there are none, what was asked for.</summary>
    public ScoreActivation Activation { get; init; }

    /// <summary>Why <see cref="Activation"/> is no softmax, where nobody asked for it; null else.</summary>
    public string? ActivationReason { get; init; }

    /// <summary>The method of the maps.</summary>
    public required CamMethod Method { get; init; }

    /// <summary>Perturbation methods: most channels of a layer that were looked at, or null for all.</summary>
    public int? ChannelLimit { get; init; }

    /// <summary>H, rows of the input; maps are resized to H x W for their minimum and maximum.</summary>
    public required int InputHeight { get; init; }

    /// <summary>W, columns of the input.</summary>
    public required int InputWidth { get; init; }

    /// <summary>Smallest value over all resized maps: the global normalisation's zero; 0 where there are no maps.</summary>
    public required float GlobalMinimum { get; init; }

    /// <summary>Largest value over all resized maps: the global normalisation's one; 0 where there are no maps.</summary>
    public required float GlobalMaximum { get; init; }

    /// <summary>What must be known before the maps are believed: all of them zero, a class that the network does not see; see <see cref="ResultWarnings"/>, which can name classes.</summary>
    public IReadOnlyList<string> Warnings => ResultWarnings.Of(this);

    /// <summary>The same with other maps, and the range that belongs to them.</summary>
    internal CamResult With(IReadOnlyList<LayerMap> frames) => this with
    {
        Frames = frames,
        GlobalMinimum = frames.Count == 0 ? 0 : frames.Min(f => f.Minimum),
        GlobalMaximum = frames.Count == 0 ? 0 : frames.Max(f => f.Maximum),
    };
}

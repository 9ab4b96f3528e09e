using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding;

/// <summary>How a video looks.</summary>
public sealed record VideoOptions
{
    /// <summary>Which normalisation is shown; both, side by side, by default.</summary>
    public NormalisationView View { get; init; } = NormalisationView.Both;

    /// <summary>Whether the plain image stands beside the maps.</summary>
    public bool ShowImage { get; init; }

    /// <summary>Layers a second, above 0 up to 1000 (GIF: 100); kept to a thousandth.</summary>
    public double FramesPerSecond { get; init; } = 5;

    /// <summary>Share of the colours over the image, 0..1.</summary>
    public float Alpha { get; init; } = 0.5f;

    /// <summary>One of <see cref="ColorMaps.Names"/>.</summary>
    public string ColorMap { get; init; } = ColorMaps.Default;

    /// <summary>
    /// Panel pixels for each pixel of the image. Of this, <see cref="PanelSize"/> and <see cref="Width"/> one at most; where all are null, pictures grow by
    /// whole numbers to a panel of about 256, and those with a side above 448 shrink to that.
    /// </summary>
    public int? Scale { get; init; }

    /// <summary>Longer side of a panel in pixels, 16 to 8192.</summary>
    public int? PanelSize { get; init; }

    /// <summary>Most columns of a frame, 64 to 16384; panels are as large as that allows.</summary>
    public int? Width { get; init; }

    /// <summary>The part of the image that the maps lie on, where the network saw no more of it (a crop); the rest is dimmed. Null: all of it.</summary>
    public MapArea? MapArea { get; init; }

    /// <summary>How many series in a row belong together, 1 or more: panels are arranged so that no row of a video of several series parts them.</summary>
    public int SeriesInGroup { get; init; } = 1;

    /// <summary>Name of the target, for instance the class; empty: not shown.</summary>
    public string Target { get; init; } = "";

    /// <summary>Probability of the target, 0..1; NaN: not shown.</summary>
    public float Probability { get; init; } = float.NaN;

    /// <summary>Model and method, for the head of the frame.</summary>
    public string Title { get; init; } = "";

    /// <summary>Zero of the global normalisation. NaN, the default: the smallest <c>LayerMap.Minimum</c>.</summary>
    public float GlobalMinimum { get; init; } = float.NaN;

    /// <summary>One of the global normalisation. NaN, the default: the largest <c>LayerMap.Maximum</c>.</summary>
    public float GlobalMaximum { get; init; } = float.NaN;

    /// <summary>Folder for every frame as a PNG, beside the video; null: none is written.</summary>
    public string? FramesFolder { get; init; }

    /// <summary>
    /// What draws the maps, into memory that it shares with the encoder; null: the processor's vector code. It stays the caller's, who uses it
    /// for nothing else meanwhile. On a card NVENC is tried first.
    /// </summary>
    public KernelDevice? Device { get; init; }

    internal void Check()
    {
        if (!(FramesPerSecond > 0 && FramesPerSecond <= 1000))
        {
            throw new ArgumentException($"FramesPerSecond is {FramesPerSecond}; it must be above 0 and at most 1000.");
        }

        if (!(Alpha >= 0 && Alpha <= 1))
        {
            throw new ArgumentException($"Alpha is {Alpha}; it is the share of the colours over the image, from 0 to 1.");
        }

        if (SeriesInGroup < 1)
        {
            throw new ArgumentException($"SeriesInGroup is {SeriesInGroup}; it must be 1 or more.");
        }

        if (Scale is < 1 or > 64)
        {
            throw new ArgumentException($"Scale is {Scale}; it must be from 1 to 64.");
        }

        if (PanelSize is < 16 or > 8192 || Width is < 64 or > 16384)
        {
            throw new ArgumentException($"PanelSize is {PanelSize} (16 to 8192) and Width is {Width} (64 to 16384); one of them is out of range.");
        }

        if ((Scale is null ? 0 : 1) + (PanelSize is null ? 0 : 1) + (Width is null ? 0 : 1) > 1)
        {
            throw new ArgumentException("Of Scale, PanelSize and Width each says how large the video is. Give one of them.");
        }
    }
}

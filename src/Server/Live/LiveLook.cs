using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Server.Live;

/// <summary>The colours of the maps, on a page that begins and in a recording.</summary>
public sealed record LiveLook
{
    /// <summary>One of <see cref="ColorMaps.Names"/>.</summary>
    public string ColorMap { get; init; } = ColorMaps.Default;

    /// <summary>Share of the colours over the picture, 0 to 1.</summary>
    public float Alpha { get; init; } = 0.5f;

    /// <summary>Refuses what cannot be drawn.</summary>
    /// <exception cref="ArgumentException">The colour map is not known, or alpha is out of its range.</exception>
    public void Check()
    {
        if (!ColorMaps.Names.Contains(ColorMap, StringComparer.Ordinal) || !(Alpha is >= 0 and <= 1))
        {
            throw new ArgumentException($"Colours '{ColorMap}' with a share of {Alpha} over the picture cannot be drawn. Known are {string.Join(", ", ColorMaps.Names)}, and shares from 0 to 1.");
        }
    }
}

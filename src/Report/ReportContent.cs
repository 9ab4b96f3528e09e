using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Report;

/// <summary>What a page shows.</summary>
public sealed record ReportContent
{
    /// <summary>Name of the network.</summary>
    public required string Model { get; init; }

    /// <summary>The picture under the maps: in its own aspect, or the network's input before normalisation. The page holds all of its pixels.</summary>
    public required RgbImage Picture { get; init; }

    /// <summary>The part of the picture that the maps lie on, the rest is dimmed; null for all of it.</summary>
    public MapArea? Area { get; init; }

    /// <summary>All calls in frame order.</summary>
    public required IReadOnlyList<ReportCall> Calls { get; init; }

    /// <summary>At least one; all of the same network and picture.</summary>
    public required IReadOnlyList<ReportColumn> Columns { get; init; }

    /// <summary>The network's own classes with their scores, in words, or null.</summary>
    public string? Prediction { get; init; }

    /// <summary>What must be known before the maps are believed; each a sentence at the page's head.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How the run was made, as names and values, for the end of the page.</summary>
    public IReadOnlyList<(string Name, string Value)> About { get; init; } = [];

    /// <summary>The colour map that the page opens with, one of <see cref="ColorMaps.Names"/>.</summary>
    public string ColorMap { get; init; } = ColorMaps.Default;

    /// <summary>Share of the colours over the picture that the page opens with, 0..1.</summary>
    public float Alpha { get; init; } = 0.5f;

    /// <exception cref="ArgumentException">See <see cref="ReportPage.Render"/>.</exception>
    internal void Check()
    {
        HashSet<string> calls = new(StringComparer.Ordinal);
        foreach (ReportCall call in Calls)
        {
            if (!calls.Add(call.Name))
            {
                throw new ArgumentException($"Two calls have the name '{call.Name}'. A module that is called again needs a name of its own, for instance '{call.Name}#1'.");
            }
        }

        foreach (LayerMap map in Columns.SelectMany(c => c.Maps))
        {
            if (!calls.Contains(map.Name))
            {
                throw new ArgumentException($"The map '{map.Name}' belongs to none of the {Calls.Count} calls.");
            }

            if (map.Height < 1 || map.Width < 1 || map.Map.Length != (long)map.Height * map.Width)
            {
                throw new ArgumentException($"The map of {map.Name} is said to be [{map.Height},{map.Width}] and has {map.Map.Length} values.");
            }
        }

        if (!Columns.Any(c => c.Maps.Count > 0))
        {
            throw new ArgumentException("A page needs at least one map; got none.");
        }

        if (!ColorMaps.Names.Contains(ColorMap, StringComparer.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"There is no colour map \"{ColorMap}\". Known: {string.Join(", ", ColorMaps.Names)}.");
        }

        if (!(Alpha is >= 0 and <= 1))
        {
            throw new ArgumentException($"Alpha is {Alpha}; it is the share of the colours over the picture, from 0 to 1.");
        }
    }
}

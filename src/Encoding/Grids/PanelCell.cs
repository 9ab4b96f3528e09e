using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Grids;

/// <summary>One panel of a <see cref="PanelGrid"/>: a map over its row's picture, or the picture alone.</summary>
/// <param name="Map">The map; null for the plain picture.</param>
/// <param name="Minimum">The value of the first colour.</param>
/// <param name="Maximum">The value of the last colour; not above the minimum (or NaN): the map is drawn as zeros.</param>
/// <param name="Caption">A line under the panel; empty for none.</param>
public sealed record PanelCell(LayerMap? Map, float Minimum = 0, float Maximum = 0, string Caption = "")
{
    /// <summary>The plain picture.</summary>
    public static PanelCell Picture { get; } = new((LayerMap?)null);

    /// <summary>A map in its own range.</summary>
    /// <param name="map">The map.</param>
    /// <param name="caption">A line under the panel; empty for none.</param>
    public static PanelCell Local(LayerMap map, string caption = "")
    {
        ArgumentNullException.ThrowIfNull(map);
        return new PanelCell(map, map.Minimum, map.Maximum, caption);
    }
}

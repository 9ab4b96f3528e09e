using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Grids;

/// <summary>A row of a <see cref="PanelGrid"/>.</summary>
/// <param name="Label">What stands left of it.</param>
/// <param name="Image">The picture under its maps.</param>
/// <param name="Cells">One a column; null for an empty place.</param>
/// <param name="Detail">Second line of the label, fainter; empty for none.</param>
public sealed record PanelRow(string Label, RgbImage Image, IReadOnlyList<PanelCell?> Cells, string Detail = "")
{
    /// <summary>The part of the picture that the maps lie on, the rest is dimmed; null for all of it.</summary>
    public MapArea? Area { get; init; }
}

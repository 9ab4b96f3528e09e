namespace CAManim.Native.Encoding.Grids;

/// <summary>What stands over a column of a <see cref="PanelGrid"/>.</summary>
/// <param name="Label">First line.</param>
/// <param name="Detail">Second line, fainter; empty for none.</param>
public sealed record PanelColumn(string Label, string Detail = "");

namespace CAManim.Native.Encoding.Plots;

/// <summary>An outline in font units, y upwards.</summary>
/// <param name="Advance">Distance to the next pen position.</param>
/// <param name="Contours">Closed polygons, clockwise; none for a blank.</param>
internal sealed record TrueTypeGlyph(ushort Advance, IReadOnlyList<(short X, short Y)[]> Contours)
{
    /// <summary>Left, bottom, right and top of the outline; zeros for a blank.</summary>
    public (short Left, short Bottom, short Right, short Top) Bounds { get; } = Contours.Count == 0
        ? default
        : (Contours.SelectMany(c => c).Min(p => p.X), Contours.SelectMany(c => c).Min(p => p.Y), Contours.SelectMany(c => c).Max(p => p.X), Contours.SelectMany(c => c).Max(p => p.Y));
}

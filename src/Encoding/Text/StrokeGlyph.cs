namespace CAManim.Native.Encoding.Text;

/// <summary>One letter as centre lines of round strokes; the baseline is 0, capitals reach 10, small letters 7, tails -3.</summary>
/// <param name="Width">Distance between the outermost centre lines.</param>
/// <param name="Path">M, L and Q commands with absolute coordinates, y upwards.</param>
internal readonly record struct StrokeGlyph(float Width, string Path);

namespace CAManim.Native.Encoding.Layout;

/// <summary>Where a colour bar stands.</summary>
/// <param name="X">Left column.</param>
/// <param name="Y">Top row.</param>
/// <param name="Width">Columns of the bar.</param>
/// <param name="Height">Rows of the bar.</param>
/// <param name="Gap">Columns between the bar and its labels.</param>
/// <param name="LineHeight">Rows of a label.</param>
internal readonly record struct ColourBarPlace(int X, int Y, int Width, int Height, int Gap, int LineHeight);

using CAManim.Native.Encoding.Text;

namespace CAManim.Native.Encoding.Grids;

/// <summary>A line of text in a grid, fitted to its place.</summary>
/// <param name="Text">What is drawn.</param>
/// <param name="Style">At which size.</param>
/// <param name="X">Left column of its place.</param>
/// <param name="Y">Top row of its place.</param>
/// <param name="Width">Columns of its place.</param>
/// <param name="Color">Packed.</param>
internal readonly record struct GridLabel(string Text, TextStyle Style, int X, int Y, int Width, uint Color);

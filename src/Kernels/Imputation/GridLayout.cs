using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>
/// A plane of floats with room around it: 16 floats left and right of every row, a row above and below.
/// </summary>
/// <remarks>Neighbours are read without a test; sixteen columns are worked on together up to <see cref="PaddedWidth"/>.</remarks>
internal readonly record struct GridLayout(int Height, int Width)
{
    /// <summary>Columns, rounded up to a multiple of 16.</summary>
    public int PaddedWidth => (Width + LanesTail.Width - 1) / LanesTail.Width * LanesTail.Width;

    /// <summary>Distance of two rows.</summary>
    public int Stride => PaddedWidth + (2 * LanesTail.Width);

    /// <summary>Floats of the whole plane.</summary>
    public int Size => checked((Height + 2) * Stride);

    /// <summary>Place of pixel (0, 0).</summary>
    public int Origin => Stride + LanesTail.Width;

    /// <summary>The even points.</summary>
    public GridLayout Coarser => new((Height + 1) / 2, (Width + 1) / 2);

    /// <summary>Whether one point is left.</summary>
    public bool IsPoint => Height == 1 && Width == 1;
}

using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>One row of a coarse matrix: entries of point J to J, J+1 and J-1 of some coarse row; West may be null where symmetry gives it.</summary>
internal readonly unsafe struct StencilRow(float* centre, float* east, float* west)
{
    public readonly float* Centre = centre;
    public readonly float* East = east;
    public readonly float* West = west;

    public static StencilRow Attach(float* memory, int stride) =>
        new(memory + LanesTail.Width, memory + stride + LanesTail.Width, memory + (2 * stride) + LanesTail.Width);

    public void Clear(int width)
    {
        new Span<float>(Centre, width).Clear();
        new Span<float>(East, width).Clear();
        if (West is not null)
        {
            // One more: the column behind is read when a row is added to its transpose.
            new Span<float>(West, width + 1).Clear();
        }
    }
}

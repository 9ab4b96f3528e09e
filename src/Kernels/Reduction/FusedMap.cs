using CAManim.Native.Kernels.Reduction.Fours;
using ILGPU;

namespace CAManim.Native.Kernels.Reduction;

/// <summary>Where a reduction leaves its results, as kernels take it.</summary>
internal struct FusedMap
{
    public ArrayView<FloatFour> Signed;
    public ArrayView<FloatFour> Map;
    public ArrayView<int> Slot;

    /// <summary>Whether the extremes at the map's own size are wanted; whether something is not finite always is.</summary>
    public int TracksExtrema;
}

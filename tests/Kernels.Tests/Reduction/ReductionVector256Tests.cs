using CAManim.Native.Kernels.Reduction;

namespace CAManim.Native.Kernels.Tests.Reduction;

public sealed class ReductionVector256Tests : ReductionTests
{
    protected override void Reduce(Weighting weighting, ReadOnlySpan<float> a, ReadOnlySpan<float> g, int channels, Span<float> map) =>
        MapReduction.Reduce(weighting, a, g, channels, map, KernelVariant.Vector256);

    protected override void WeightedSum(ReadOnlySpan<float> a, ReadOnlySpan<float> weights, Span<float> map) =>
        MapReduction.WeightedSum(a, weights, map, KernelVariant.Vector256);
}

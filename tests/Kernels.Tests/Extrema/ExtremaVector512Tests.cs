using CAManim.Native.Kernels.Extrema;

namespace CAManim.Native.Kernels.Tests.Extrema;

public sealed class ExtremaVector512Tests : ExtremaTests
{
    protected override bool Find(ReadOnlySpan<float> values, out float minimum, out float maximum, out bool hasNaN) =>
        MapExtrema.Find(values, out minimum, out maximum, out hasNaN, KernelVariant.Vector512);
}

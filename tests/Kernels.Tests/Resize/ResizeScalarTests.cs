using CAManim.Native.Kernels.Resize;

namespace CAManim.Native.Kernels.Tests.Resize;

public sealed class ResizeScalarTests : ResizeTests
{
    protected override void Resize(ReadOnlySpan<float> source, int height, int width, Span<float> target, int targetHeight, int targetWidth) =>
        BilinearResize.Resize(source, height, width, target, targetHeight, targetWidth, KernelVariant.Scalar);

    protected override bool FindExtrema(ReadOnlySpan<float> map, int height, int width, int targetHeight, int targetWidth, out float minimum, out float maximum) =>
        ResizedExtrema.Find(map, height, width, targetHeight, targetWidth, out minimum, out maximum, KernelVariant.Scalar);
}

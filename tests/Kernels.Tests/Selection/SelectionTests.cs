using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Selection;
using CAManim.Native.Kernels.Tests.Accelerators;

namespace CAManim.Native.Kernels.Tests.Selection;

// One device serves all tests, one at a time.
[Collection("accelerators")]
public sealed class SelectionTests
{
    private const int Pixels = 57;

    [Theory]
    [InlineData(TestDevice.Emulator)]
    [InlineData(TestDevice.Ptx)]
    [InlineData(TestDevice.PtxContracted)]
    [InlineData(TestDevice.Cuda)]
    public void TheDeviceMarksWhatTheScalarVariantMarks(TestDevice kind)
    {
        KernelDevice device = Devices.Require(kind);
        int[] counts = [0, 1, 20, 56, 57, 30];
        float[] values = Fill.Uniform(counts.Length * Pixels, 9);

        // Ties that are cut in the middle, both zeros, values that are not finite.
        for (int i = 0; i < Pixels; i++)
        {
            values[(2 * Pixels) + i] = i % 3;
            values[(5 * Pixels) + i] = i % 4 == 0 ? -0f : 0f;
        }

        (values[60], values[61], values[62]) = (float.NaN, float.NegativeInfinity, float.PositiveInfinity);
        using KernelBuffer<float> deviceValues = device.Allocate<float>(values);
        using KernelBuffer<int> deviceCounts = device.Allocate<int>(counts);
        using KernelBuffer<byte> marks = device.Allocate<byte>(values.Length);
        using KernelBuffer<float> thresholds = device.Allocate<float>(counts.Length);
        new PixelSelectionGpu(device).MarkSmallest(deviceValues.View, deviceCounts.View, marks.View, thresholds.View);
        byte[] expected = new byte[values.Length];
        float[] values0 = [.. counts.Select((count, m) => PixelSelection.MarkSmallest(values.AsSpan(m * Pixels, Pixels), count, expected.AsSpan(m * Pixels, Pixels)))];
        Assert.Equal(expected, marks.ToArray());
        Assert.Equal(values0, thresholds.ToArray());
    }

    [Fact]
    public void TiesGoByPosition()
    {
        byte[] marks = new byte[6];
        Assert.Equal(2, PixelSelection.MarkSmallest([2, 1, 2, 3, 2, float.NaN], 3, marks));
        Assert.Equal([1, 1, 1, 0, 0, 0], marks);
        Assert.Equal(float.NaN, PixelSelection.MarkSmallest([2, 1, 2, 3, 2, float.NaN], 6, marks));
        Assert.DoesNotContain((byte)0, marks);
        Assert.Equal(0, PixelSelection.MarkSmallest([0, -0f], 1, marks.AsSpan(0, 2)));
        Assert.Equal([1, 0], marks[..2]);
    }

    [Fact]
    public void OtherSizesAreRefused()
    {
        Assert.Throws<ArgumentException>(() => PixelSelection.MarkSmallest([], 0, []));
        Assert.Throws<ArgumentException>(() => PixelSelection.MarkSmallest([1, 2], 0, new byte[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PixelSelection.MarkSmallest([1, 2], 3, new byte[2]));
        KernelDevice device = Devices.Require(TestDevice.Emulator);
        using KernelBuffer<float> values = device.Allocate<float>(5);
        using KernelBuffer<int> counts = device.Allocate<int>(2);
        using KernelBuffer<byte> marks = device.Allocate<byte>(5);
        Assert.Throws<ArgumentException>(() => new PixelSelectionGpu(device).MarkSmallest(values.View, counts.View, marks.View, values.View.SubView(0, 2)));
    }
}

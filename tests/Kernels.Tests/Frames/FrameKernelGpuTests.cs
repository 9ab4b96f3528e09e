using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Tests.Accelerators;

namespace CAManim.Native.Kernels.Tests.Frames;

/// <summary>The frame on an device against the scalar variant.</summary>
public abstract class FrameKernelGpuTests(TestDevice kind)
{
    public static TheoryData<FrameFormat> Formats => FrameKernelTests.Formats;

    /// <summary>Share of bytes that may differ, each pixel by one colour of the table; none where the device rounds as the processor does.</summary>
    protected virtual double MostDifferent => 0;

    [Theory]
    [MemberData(nameof(Formats))]
    public void Bytes_are_those_of_the_scalar_variant(FrameFormat format)
    {
        KernelDevice device = Devices.Require(kind);
        foreach ((int mapHeight, int mapWidth, int width, int height) in new[] { (5, 7, 13, 9), (1, 1, 1, 1), (9, 9, 8, 6), (20, 3, 2, 17) })
        {
            FrameScene scene = new(width, mapHeight, mapWidth, width, height);
            scene.Map[0] = float.NaN;
            scene.Map[^1] = float.NegativeInfinity;
            AssertAlike(scene.Draw(KernelVariant.Scalar, format), Draw(device, scene, format), $"{format} {width}x{height}");
        }
    }

    [Fact]
    public void A_frame_without_maps_or_captions_is_left_alone()
    {
        KernelDevice device = Devices.Require(kind);
        FrameScene scene = new(1, 2, 2, 6, 6);
        scene.NewPlanes(FrameFormat.Rgb24, out int stride, out _);
        using FrameKernelGpu kernel = new(device, scene.Panel);
        using KernelBuffer<byte> plane = device.Allocate<byte>(stride * scene.FrameHeight);
        using KernelBuffer<float> map = device.Allocate<float>(scene.Map);
        device.Clear(plane.View);
        FrameGpuPlanes target = new(FrameFormat.Rgb24, scene.FrameWidth, scene.FrameHeight, plane.View, stride);
        kernel.Compose(target, map.View, 2, 2, [], []);
        device.Synchronize();
        Assert.All(plane.ToArray(), value => Assert.Equal(0, value));
        Assert.Throws<ArgumentException>(() => kernel.Compose(target, map.View, 2, 3, [], []));
        Assert.Throws<ArgumentException>(() => kernel.Compose(target, map.View, 2, 2, [new FramePlace(-1, 0, 0, 1)], []));
    }

    private void AssertAlike(byte[][] expected, byte[][] actual, string what)
    {
        for (int plane = 0; plane < 3; plane++)
        {
            int different = expected[plane].Where((value, i) => value != actual[plane][i]).Count();
            Assert.True(different <= expected[plane].Length * MostDifferent, $"{what}, plane {plane}: {different} of {expected[plane].Length} bytes differ");
        }
    }

    private static byte[][] Draw(KernelDevice device, FrameScene scene, FrameFormat format)
    {
        byte[][] planes = scene.NewPlanes(format, out int stride, out int chromaStride);
        using FrameKernelGpu kernel = new(device, scene.Panel);
        using KernelBuffer<float> map = device.Allocate<float>(scene.Map);
        KernelBuffer<byte>[] memory = [.. planes.Select(plane => device.Allocate<byte>(Math.Max(1, plane.Length)))];
        try
        {
            for (int i = 0; i < 3; i++)
            {
                if (planes[i].Length > 0)
                {
                    device.Write<byte>(planes[i], memory[i].View);
                }
            }

            FrameGpuPlanes target = new(format, scene.FrameWidth, scene.FrameHeight, memory[0].View, stride, memory[1].View, memory[2].View, chromaStride);

            // Twice, because the second frame finds buffers and tables of the first.
            for (int i = 0; i < 2; i++)
            {
                kernel.Compose(target, map.View, scene.MapHeight, scene.MapWidth, scene.Places, scene.Captions);
            }

            device.Synchronize();
            return [.. memory.Select((buffer, i) => buffer.ToArray()[..planes[i].Length])];
        }
        finally
        {
            Array.ForEach(memory, buffer => buffer.Dispose());
        }
    }
}

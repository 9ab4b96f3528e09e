using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Extrema;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Interop.Cuda;
using CAManim.Native.Kernels.Reduction;
using CAManim.Native.Kernels.Resize;
using CAManim.Native.Kernels.Tests.Accelerators;
using CAManim.Native.Kernels.Tests.Frames;
using ILGPU;

namespace CAManim.Native.Kernels.Tests.Cuda;

/// <summary>Launches through the driver's API give what launches through ILGPU give, with the kernels and the arguments that a card would get.</summary>
[Collection("accelerators")]
public sealed class LaunchTests : IDisposable
{
    private readonly FakeDriver _driver = new();
    private readonly CudaKernelDevice _device;

    public LaunchTests() => _device = CudaKernelDevice.Open(_driver, 0);

    public void Dispose() => _device.Dispose();

    [Theory]
    [InlineData(Weighting.GradCam)]
    [InlineData(Weighting.LayerCam)]
    [InlineData(Weighting.GradCamPlusPlus)]
    public void Reductions(Weighting weighting)
    {
        float[] a = Fill.Uniform(6 * 35, 1);
        float[] g = Fill.Uniform(6 * 35, 2);
        Assert.Equal(Run(Devices.Require(TestDevice.Emulator)), Run(_device));
        Assert.All(_driver.Streams, stream => Assert.Equal(0, stream));

        float[] Run(KernelDevice device)
        {
            using MapReductionGpu reduction = new(device);
            using KernelBuffer<float> deviceA = device.Allocate<float>(a);
            using KernelBuffer<float> deviceG = device.Allocate<float>(g);
            using KernelBuffer<float> map = device.Allocate<float>(35);
            reduction.Reduce(weighting, deviceA.View, deviceG.View, 6, map.View);
            return map.ToArray();
        }
    }

    [Fact]
    public void StructuresOfViews()
    {
        float[] map = Fill.Uniform(7 * 5, 3);
        Assert.Equal(Run(Devices.Require(TestDevice.Emulator)), Run(_device));

        float[] Run(KernelDevice device)
        {
            using BilinearResizeGpu resize = new(device);
            using MapExtremaGpu extrema = new(device);
            using KernelBuffer<float> source = device.Allocate<float>(map);
            using KernelBuffer<float> result = device.Allocate<float>(6);
            using KernelBuffer<float> target = device.Allocate<float>(13 * 9);
            resize.FindExtrema(source.View, 7, 5, 13, 9, result.View.SubView(0, 3));
            resize.Resize(source.View, 7, 5, target.View, 13, 9);
            extrema.Find(target.View, result.View.SubView(3, 3));
            return [.. target.ToArray(), .. result.ToArray()];
        }
    }

    [Fact]
    public void Frames()
    {
        FrameScene scene = new(5, 4, 6, 12, 10);
        byte[][] expected = scene.Draw(KernelVariant.Scalar, FrameFormat.Yuv420);
        byte[][] planes = scene.NewPlanes(FrameFormat.Yuv420, out int stride, out int chromaStride);
        using FrameKernelGpu kernel = new(_device, scene.Panel);
        using KernelBuffer<float> map = _device.Allocate<float>(scene.Map);

        // The planes lie in locked memory of the host, as they do for an encoder.
        int[] starts = [0, planes[0].Length, planes[0].Length + planes[1].Length];
        using MappedMemory memory = _device.AllocateMapped(planes.Sum(p => p.Length));
        ArrayView<byte>[] views = [.. planes.Select((plane, i) => memory.View.SubView(starts[i], plane.Length))];
        planes.SelectMany(plane => plane).ToArray().CopyTo(memory.Host);

        kernel.Compose(new FrameGpuPlanes(FrameFormat.Yuv420, scene.FrameWidth, scene.FrameHeight, views[0], stride, views[1], views[2], chromaStride), map.View, scene.MapHeight, scene.MapWidth, scene.Places, scene.Captions);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(expected[i], memory.Host.Slice(starts[i], planes[i].Length).ToArray());
        }
    }

    [Fact]
    public void AFailedLaunchNamesTheKernel()
    {
        using MapReductionGpu reduction = new(_device);
        using KernelBuffer<float> values = _device.Allocate<float>([1, 2, 3, 4]);
        using KernelBuffer<float> map = _device.Allocate<float>(2);
        _driver.Fail(nameof(ICudaDriver.LaunchKernel), CudaResult.IllegalAddress);
        CudaException error = Assert.Throws<CudaException>(() => reduction.Reduce(Weighting.HiResCam, values.View, values.View, 2, map.View));
        Assert.StartsWith("Launching the kernel MapReductionGpuKernels.AddChannels failed with IllegalAddress (700)", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsDeviceLost);
        Assert.Equal(0, _driver.Depth);
    }
}

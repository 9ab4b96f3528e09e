using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Imputation;
using CAManim.Native.Kernels.Interop.Cuda;
using CAManim.Native.Kernels.Reduction;
using CAManim.Native.Kernels.Tests.Cuda;
using CAManim.Native.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

/// <summary>What is said when a card fails in the middle of a run; a driver that plays one runs the kernels on the emulator.</summary>
public sealed class CardErrorTests
{
    [Fact]
    public void MapsOfACardThatFails()
    {
        FakeDriver driver = new() { OwnsTheRest = true };
        using (CudaKernelDevice device = CudaKernelDevice.Open(driver, 0))
        {
            DeviceKernels kernels = new(device);
            using Tensor a = randn(1, 3, 4, 4);
            using Tensor g = randn(1, 3, 4, 4);
            using (DeviceReduction reduction = new(kernels, CPU, 8, 8))
            {
                TapMap[] maps = reduction.Queue(Weighting.HiResCam, a, g);
                reduction.Finish();
                using Tensor expected = a.mul(g).sum(1);
                Numbers.AssertClose(maps[0].Signed, expected.data<float>().ToArray(), 1e-5, 0, "signed map");

                // Memory of another context is told from a card's own before a kernel reads it.
                driver.OwnsTheRest = false;
                Assert.Contains("is not memory of CUDA device 0 (Fake 0). Move the tensor there first.", Assert.Throws<ArgumentException>(() => reduction.Queue(Weighting.HiResCam, a, g)).Message, StringComparison.Ordinal);
                driver.OwnsTheRest = true;
                reduction.Forget();
                driver.Fail(nameof(ICudaDriver.LaunchKernel), CudaResult.IllegalAddress);
                CudaException lost = Assert.Throws<CudaException>(() => reduction.Queue(Weighting.HiResCam, a, g));
                Assert.True(lost.IsDeviceLost);
                Assert.Contains("The device is lost to this process and so are results that were on it", lost.Message, StringComparison.Ordinal);

                // Another process reset the device.
                driver.Heal();
                driver.Fail(nameof(ICudaDriver.LaunchKernel), CudaResult.InvalidContext);
                Assert.Contains("not libtorch's any more", Assert.Throws<CudaException>(() => reduction.Queue(Weighting.HiResCam, a, g)).Message, StringComparison.Ordinal);
                driver.Heal();
            }

            kernels.Reduction.Dispose();
            kernels.Resize.Dispose();
        }

        Assert.Empty(driver.Live);
        Assert.Equal(0, driver.Depth);
    }

    [Fact]
    public void ImagesOfACardThatIsFullCanBeAskedForAgain()
    {
        FakeDriver driver = new();
        float[] image = [.. Enumerable.Range(0, 36).Select(i => i % 7 / 7f)];
        using (CudaKernelDevice device = CudaKernelDevice.Open(driver, 0))
        {
            using RemovalImagesGpu removal = new(device);
            driver.Fail(nameof(ICudaDriver.MemAlloc), CudaResult.OutOfMemory);
            CudaException full = Assert.Throws<CudaException>(Make);
            Assert.True(full is { IsOutOfMemory: true, IsDeviceLost: false });
            Assert.Contains("use a smaller batch", full.Message, StringComparison.Ordinal);
            driver.Heal();
            Make();
            driver.Fail(nameof(ICudaDriver.StreamSynchronize), CudaResult.LaunchFailed);
            Assert.True(Assert.Throws<CudaException>(Make).IsDeviceLost);
            driver.Heal();

            void Make()
            {
                removal.Begin(image, 1, 6, 6, 1, 2);
                removal.Load(0, image, 6, 6, 2);
                removal.Solve([18, 18], ImputationOptions.Default);
            }
        }

        Assert.Empty(driver.Live);
    }
}

using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Interop.Cuda;
using ILGPU;

namespace CAManim.Native.Kernels.Tests.Cuda;

/// <summary>The way to a card, with a driver that plays one.</summary>
[Collection("accelerators")]
public sealed class CudaDeviceTests
{
    [Fact]
    public void WithoutADriverTheErrorSaysWhatToInstall()
    {
        string error = Assert.Throws<InvalidOperationException>(() => CudaKernelDevice.Open(null, 0)).Message;
        Assert.Contains("CUDA device 0 was asked for and there is none", error, StringComparison.Ordinal);
        Assert.Contains("libcuda.so.1", error, StringComparison.Ordinal);
        Assert.Contains("Install the driver", error, StringComparison.Ordinal);
    }

    [Fact]
    public void CardsAreCountedAndNamed()
    {
        Assert.Contains("finds no card", CudaDevices.Look(new FakeDriver { Cards = 0 }).Problem, StringComparison.Ordinal);
        CudaReport report = CudaDevices.Look(new FakeDriver { Cards = 2, Capability = (9, 0) });
        Assert.Null(report.Problem);
        Assert.Equal("12.4", report.DriverVersion);
        Assert.Equal(["Fake 0", "Fake 1"], report.Devices.Select(d => d.Name));
        Assert.Equal("9.0", report.Devices[1].ComputeCapability);
        Assert.Contains("has 2: 0 (Fake 0), 1 (Fake 1)", Assert.Throws<InvalidOperationException>(() => CudaKernelDevice.Open(new FakeDriver { Cards = 2 }, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("7.5", Assert.Throws<InvalidOperationException>(() => CudaKernelDevice.Open(new FakeDriver { Capability = (7, 0) }, 0)).Message, StringComparison.Ordinal);
        FakeDriver broken = new();
        broken.Fail(nameof(ICudaDriver.Init), CudaResult.SystemNotReady);
        Assert.Contains("does not start", CudaDevices.Look(broken).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void EverythingIsFreedInItsContextAndTheContextLast()
    {
        FakeDriver driver = new() { Cards = 2 };
        using (CudaKernelDevice device = CudaKernelDevice.Open(driver, 1, hasOwnOrder: true))
        {
            Assert.Equal(FakeDriver.ContextOf(1), device.Context.Address);
            Assert.Equal(new CudaHandles(FakeDriver.ContextOf(1), device.Stream), device.Handles);
            Assert.NotEqual(0, device.Stream);
            using KernelBuffer<float> buffer = device.Allocate<float>([1, 2, 3]);
            using CudaEvent point = new(device.Context);
            Assert.Equal([1, 2, 3], buffer.ToArray());
            device.Clear(buffer.View.SubView(1, 1));
            Assert.Equal([1, 0, 3], buffer.ToArray());
            Assert.Equal(["context", "event", "host memory", "memory", "stream"], driver.Live.Order());
        }

        Assert.Empty(driver.Live);
        Assert.Equal(0, driver.Depth);
        Assert.Equal(nameof(ICudaDriver.DevicePrimaryCtxRelease), driver.Calls[^1]);
    }

    [Fact]
    public void TheContextOutlivesWhatIsMadeInIt()
    {
        FakeDriver driver = new();
        CudaKernelDevice device = CudaKernelDevice.Open(driver, 0);
        KernelBuffer<int> buffer = device.Allocate<int>(4);
        device.Dispose();
        Assert.Contains("context", driver.Live);
        buffer.Dispose();
        Assert.Empty(driver.Live);
    }

    [Fact]
    public void MemoryOfOtherContextsIsRefused()
    {
        FakeDriver driver = new() { Cards = 2 };
        using CudaKernelDevice device = CudaKernelDevice.Open(driver, 0);
        driver.Foreign[0x100] = (FakeDriver.ContextOf(0), 0);
        driver.Foreign[0x200] = (0, 0);
        driver.Foreign[0x300] = (0, 1);
        driver.Foreign[0x400] = (0x9999, 0);
        Assert.Equal(4, device.View<float>(0x100, 4).Length);
        Assert.Equal(4, device.View<float>(0x200, 4).Length);
        Assert.Equal(0, device.View<float>(0x500, 0).Length);
        Assert.Contains("another CUDA context", Assert.Throws<ArgumentException>(() => device.View<float>(0x300, 4)).Message, StringComparison.Ordinal);
        Assert.Contains("another CUDA context", Assert.Throws<ArgumentException>(() => device.View<float>(0x400, 4)).Message, StringComparison.Ordinal);
        Assert.Contains("is not memory of CUDA device 0", Assert.Throws<ArgumentException>(() => device.View<float>(0x500, 4)).Message, StringComparison.Ordinal);
        Assert.Equal(0, driver.Depth);
    }

    [Fact]
    public void ErrorsSayWhatHappenedAndWhatToDo()
    {
        FakeDriver driver = new();
        using CudaKernelDevice device = CudaKernelDevice.Open(driver, 0);
        driver.Fail(nameof(ICudaDriver.MemAlloc), CudaResult.OutOfMemory);
        CudaException full = Assert.Throws<CudaException>(() => device.Allocate<float>(100));
        Assert.True(full is { IsOutOfMemory: true, IsDeviceLost: false });
        Assert.StartsWith("Allocating 400 bytes on the device failed with OutOfMemory (2)", full.Message, StringComparison.Ordinal);
        Assert.Contains("smaller batch", full.Message, StringComparison.Ordinal);

        driver.Fail(nameof(ICudaDriver.StreamSynchronize), CudaResult.LaunchFailed);
        CudaException lost = Assert.Throws<CudaException>(device.Synchronize);
        Assert.True(lost is { IsOutOfMemory: false, IsDeviceLost: true });
        Assert.Contains("The device is lost to this process", lost.Message, StringComparison.Ordinal);

        driver.Fail(nameof(ICudaDriver.CtxPushCurrent), CudaResult.InvalidContext);
        Assert.Contains("not libtorch's any more", Assert.Throws<CudaException>(device.Synchronize).Message, StringComparison.Ordinal);
        driver.Heal();
        while (driver.Depth > 0)
        {
            driver.CtxPopCurrent(out _);
        }

        driver.Fail(nameof(ICudaDriver.ModuleLoadDataEx), CudaResult.InvalidPtx);
        CudaException refused = Assert.Throws<CudaException>(() => device.Load<Action<KernelConfig, ArrayView<int>>>(Resize.Start));
        Assert.Contains("BilinearResizeGpuKernels.StartExtrema for the device (the compiler says: ptxas error: line 7)", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["context"], driver.Live);
        Assert.Equal(0, driver.Depth);
    }

    [Fact]
    public void TheDevicesClockAndCopies()
    {
        FakeDriver driver = new();
        using CudaKernelDevice device = CudaKernelDevice.Open(driver, 0);
        using KernelBuffer<int> from = device.Allocate<int>([4, 5]);
        using KernelBuffer<int> to = device.Allocate<int>(2);
        Assert.Equal(1, device.Time(() => device.Copy(from.View, to.View)));
        Assert.Equal([4, 5], to.ToArray());
        Assert.Equal(["context", "host memory", "memory", "memory"], driver.Live.Order());
        device.Load<Action<KernelConfig, ArrayView<int>>>(Resize.Start);
        KernelUse use = Assert.Single(device.KernelsInUse());
        Assert.Equal(("BilinearResizeGpuKernels.StartExtrema", (int)CudaFunctionAttribute.NumRegisters), (use.Name, use.Registers));
    }

    [Fact]
    public void AKernelIsLoadedOnce()
    {
        FakeDriver driver = new();
        using CudaKernelDevice device = CudaKernelDevice.Open(driver, 0);
        Action<KernelConfig, ArrayView<int>> first = device.Load<Action<KernelConfig, ArrayView<int>>>(Resize.Start);
        Assert.Same(first, device.Load<Action<KernelConfig, ArrayView<int>>>(Resize.Start));
        Assert.Single(driver.Calls, nameof(ICudaDriver.ModuleLoadDataEx));
    }

    [Fact]
    public void ManyCopiesComeThroughOnePieceOfLockedMemory()
    {
        FakeDriver driver = new();
        using CudaKernelDevice device = CudaKernelDevice.Open(driver, 0);
        int[] values = [.. Enumerable.Range(0, (3 << 18) + 5)];
        using KernelBuffer<int> all = device.Allocate<int>(values.Length);
        device.Write<int>(values, all.View);
        for (int i = 0; i < 10; i++)
        {
            device.Write<int>(values.AsSpan(i, 1), all.View.SubView(values.Length - 1 - i, 1));
        }

        Assert.Equal([.. values[..^10], 9, 8, 7, 6, 5, 4, 3, 2, 1, 0], all.ToArray());
        Assert.Single(driver.Live, "host memory");
    }

    [Fact]
    public void AFailedMappingLeavesNothingBehind()
    {
        FakeDriver driver = new();
        using CudaKernelDevice device = CudaKernelDevice.Open(driver, 0);
        using (CudaHostMemory memory = new(device.Context, 8192))
        {
            Assert.Equal(memory.Address, memory.DeviceAddress);
            Assert.Contains("host memory", driver.Live);
        }

        driver.Fail(nameof(ICudaDriver.MemHostGetDevicePointer), CudaResult.InvalidValue);
        Assert.Throws<CudaException>(() => new CudaHostMemory(device.Context, 8192));
        Assert.Equal(["context"], driver.Live);
    }

    private static class Resize
    {
        public static Delegate Start { get; } = Kernels.Resize.BilinearResizeGpuKernels.StartExtrema;
    }
}

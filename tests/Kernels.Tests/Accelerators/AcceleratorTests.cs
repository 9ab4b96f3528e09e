using CAManim.Native.Kernels.Accelerators;

namespace CAManim.Native.Kernels.Tests.Accelerators;

public sealed class AcceleratorTests
{
    [Fact]
    public void TheEmulatorIsAlwaysListed()
    {
        IReadOnlyList<AcceleratorInfo> devices = AcceleratorList.Find();
        AcceleratorInfo emulator = Assert.Single(devices, info => info.Kind == AcceleratorKind.Emulator);
        Assert.Equal(0, emulator.Index);
        Assert.NotEmpty(emulator.Name);
        Assert.True(emulator.MemoryInBytes > 0);
        Assert.Null(emulator.ComputeCapability);
    }

    [Fact]
    public void ADeviceThatIsNotThereIsNamed()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => KernelDevice.Open(AcceleratorKind.Cuda, 99));
        Assert.Contains("CUDA device 99 was asked for", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => KernelDevice.Open(AcceleratorKind.Emulator, 1));
    }

    [Fact]
    public void DevicesOpenAndCloseSideBySide()
    {
        using KernelDevice first = KernelDevice.Open(AcceleratorKind.Emulator);
        using (KernelDevice second = KernelDevice.Open(AcceleratorKind.Emulator))
        {
            Assert.NotSame(first, second);
        }

        first.Synchronize();
    }

    [Fact]
    public unsafe void MemoryOfTheHostIsViewedWhereItLies()
    {
        using KernelDevice device = KernelDevice.Open(AcceleratorKind.Emulator);
        float[] values = [3, -1, 7, 2];
        fixed (float* first = values)
        {
            float[] copy = new float[3];
            device.Read(device.View<float>((nint)(first + 1), 3), copy);
            Assert.Equal([-1, 7, 2], copy);
            device.Write<float>([5], device.View<float>((nint)(first + 2), 1));
            device.Clear(device.View<float>((nint)first, 1));
            nint odd = (nint)first + 2;
            Assert.Throws<ArgumentException>(() => device.View<float>(odd, 1));
        }

        Assert.Equal([0, -1, 5, 2], values);
    }
}

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
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => AcceleratorSession.Open(AcceleratorKind.Cuda, 99));
        Assert.Contains("Cuda device 99 was asked for", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SessionsOpenAndCloseSideBySide()
    {
        using AcceleratorSession first = AcceleratorSession.Open(AcceleratorKind.Emulator);
        using (AcceleratorSession second = AcceleratorSession.Open(AcceleratorKind.Emulator))
        {
            Assert.NotSame(first.Accelerator, second.Accelerator);
        }

        first.Accelerator.Synchronize();
    }
}

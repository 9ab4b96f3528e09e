using CAManim.Native.Kernels.Accelerators;

namespace CAManim.Native.Kernels.Interop.Cuda;

/// <summary>Looks for cards through the driver; makes no context.</summary>
internal static class CudaDevices
{
    // PTX of this project names sm_75 at least.
    private const int OldestMajor = 7;
    private const int OldestMinor = 5;

    /// <summary>The system's driver, or null where its library is not installed.</summary>
    public static ICudaDriver? System { get; } = CudaNative.IsInstalled ? new CudaDriver() : null;

    /// <summary>What there is.</summary>
    /// <param name="driver">The driver, or null where there is none.</param>
    public static CudaReport Look(ICudaDriver? driver)
    {
        if (driver is null)
        {
            return new CudaReport
            {
                Problem = $"NVIDIA's driver is not installed ({string.Join(", ", CudaNative.Files)} was not found). Install the driver for the card; in a container, start it with the card and its driver (--gpus all). The CUDA toolkit is not needed.",
            };
        }

        try
        {
            driver.ThrowIfError(driver.Init(), "Starting the CUDA driver");
            driver.ThrowIfError(driver.DriverGetVersion(out int version), "Asking for the driver's version");
            driver.ThrowIfError(driver.DeviceGetCount(out int count), "Counting the cards");
            AcceleratorInfo[] devices = [.. Enumerable.Range(0, count).Select(ordinal => Describe(driver, ordinal))];
            return new CudaReport
            {
                Devices = devices,
                DriverVersion = $"{version / 1000}.{version % 1000 / 10}",
                Problem = count == 0 ? "NVIDIA's driver is installed and finds no card. `nvidia-smi` and CUDA_VISIBLE_DEVICES may tell why." : null,
            };
        }
        catch (CudaException error)
        {
            return new CudaReport { Problem = $"NVIDIA's driver is installed but does not start. {error.Message}" };
        }
    }

    /// <summary>Why kernels cannot run on a card, or null.</summary>
    public static string? FindProblem(AcceleratorInfo info)
    {
        (int major, int minor) = Capability(info);
        return major > OldestMajor || (major == OldestMajor && minor >= OldestMinor)
            ? null
            : $"{info.Name} has compute capability {info.ComputeCapability}; the kernels need {OldestMajor}.{OldestMinor} (Turing) or later.";
    }

    public static (int Major, int Minor) Capability(AcceleratorInfo info)
    {
        int[] parts = [.. info.ComputeCapability!.Split('.').Select(int.Parse)];
        return (parts[0], parts[1]);
    }

    private static AcceleratorInfo Describe(ICudaDriver driver, int ordinal)
    {
        driver.ThrowIfError(driver.DeviceGet(out int device, ordinal), $"Opening card {ordinal}");
        driver.ThrowIfError(driver.DeviceGetName(out string name, device), $"Asking for the name of card {ordinal}");
        driver.ThrowIfError(driver.DeviceTotalMem(out nuint memory, device), $"Asking for the memory of card {ordinal}");
        return new AcceleratorInfo
        {
            Index = ordinal,
            Name = name,
            Kind = AcceleratorKind.Cuda,
            MemoryInBytes = (long)memory,
            Multiprocessors = Ask(CudaDeviceAttribute.MultiprocessorCount),
            WarpSize = Ask(CudaDeviceAttribute.WarpSize),
            ComputeCapability = $"{Ask(CudaDeviceAttribute.ComputeCapabilityMajor)}.{Ask(CudaDeviceAttribute.ComputeCapabilityMinor)}",
        };

        int Ask(CudaDeviceAttribute attribute)
        {
            driver.ThrowIfError(driver.DeviceGetAttribute(out int value, attribute, device), $"Asking for {attribute} of card {ordinal}");
            return value;
        }
    }
}

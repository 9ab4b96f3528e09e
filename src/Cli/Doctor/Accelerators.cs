using CAManim.Native.Kernels.Accelerators;

namespace CAManim.Native.Cli.Doctor;

/// <summary>The cards that CUDA's driver sees, and whether libtorch can use them.</summary>
internal static class Accelerators
{
    private const string Name = "accelerator";

    public static IReadOnlyList<Finding> Check(CudaReport report)
    {
        if (report.Problem is not null)
        {
            return [new Finding(Name, FindingState.Note, $"none but the processor. {report.Problem}", "Nothing is missing for runs on the processor: its vector code is used.")];
        }

        return [.. report.Devices.Select(device => new Finding(Name, FindingState.Ok, Describe(device, report)))];
    }

    private static string Describe(AcceleratorInfo device, CudaReport report) =>
        $"cuda:{device.Index} {device.Name}, compute capability {device.ComputeCapability}, {device.MemoryInBytes >> 20} MiB, driver for CUDA {report.DriverVersion}";
}

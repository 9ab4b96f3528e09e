using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace CAManim.Native.Cli.Doctor;

/// <summary>Devices that ILGPU sees.</summary>
internal static class Accelerators
{
    private const string Name = "accelerator";

    public static IReadOnlyList<Finding> Check()
    {
        try
        {
            using Context context = Context.CreateDefault();
            Finding[] devices = [.. context.Devices
                .Where(d => d.AcceleratorType != AcceleratorType.CPU)
                .Select(d => new Finding(Name, FindingState.Ok, Describe(d)))];
            return devices.Length > 0
                ? devices
                : [new Finding(Name, FindingState.Note, "none but the processor", "Nothing is missing: the processor's vector code is used. For a GPU, install NVIDIA's driver and the CUDA build of the tool.")];
        }
        catch (Exception error)
        {
            return [new Finding(Name, FindingState.Note, $"ILGPU found none: {error.Message.Split('\n')[0]}", "The processor's vector code is used. For a GPU, check the driver with nvidia-smi.")];
        }
    }

    private static string Describe(Device device)
    {
        string capability = device is CudaDevice { Architecture: { } architecture } ? $", sm_{architecture.Major}{architecture.Minor}" : "";
        return $"{device.AcceleratorType} {device.Name}{capability}, {device.MemorySize >> 20} MiB";
    }
}

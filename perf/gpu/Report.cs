using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Accelerators;

namespace CAManim.Native.Perf.Gpu;

/// <summary>The report: on standard output and in a file, line by line, so that a run that is cut off leaves what it had.</summary>
internal sealed class Report(string path) : IDisposable
{
    private readonly StreamWriter _file = new(path) { AutoFlush = true };

    public void Head(AcceleratorInfo device, CudaReport cuda)
    {
        Line("# camanim-gpu");
        Line("");
        Line($"- device: {device.Name}{(device.ComputeCapability is null ? "" : $", compute capability {device.ComputeCapability}")}, {device.Multiprocessors} multiprocessors, {device.MemoryInBytes >> 20} MiB");
        Line($"- driver: {(cuda.DriverVersion is null ? "none" : $"for CUDA {cuda.DriverVersion}")}");
        Line($"- host: {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}");
        Line($"- {(device.Kind == AcceleratorKind.Emulator ? "EMULATED: checks only. Times say nothing about a card and are left out" : "medians; GB/s of the bytes that must move, and their share of the measured copy")}");
        Line("");
    }

    public void Line(string text)
    {
        Console.WriteLine(text);
        _file.WriteLine(text);
    }

    public void Dispose() => _file.Dispose();
}

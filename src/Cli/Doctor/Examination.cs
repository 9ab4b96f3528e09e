using System.Runtime.InteropServices;
using CAManim.Native.Cli.Running;
using CAManim.Native.Encoding;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Interop;

namespace CAManim.Native.Cli.Doctor;

/// <summary>All checks, in the order they are shown. Each works where what it looks at is missing.</summary>
internal static class Examination
{
    public static IEnumerable<Finding> Run()
    {
        yield return new Finding("camanim", FindingState.Ok, $"{Versions.Tool} in {AppContext.BaseDirectory}");
        yield return new Finding(".NET", FindingState.Ok, $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, {RuntimeInformation.OSDescription}");
        yield return Processor.Check();
        foreach (Finding finding in Torch.Check(TorchRuntime.Load()))
        {
            yield return finding;
        }

        if (TorchRuntime.Processor is { } processor)
        {
            yield return Arithmetic.Check(processor);
        }

        foreach (Finding finding in Accelerators.Check(AcceleratorList.FindCuda()))
        {
            yield return finding;
        }

        foreach (Finding finding in Video.Check(Libav.Report()))
        {
            yield return finding;
        }

        yield return Cache.Check();
    }
}

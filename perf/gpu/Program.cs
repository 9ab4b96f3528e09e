using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Perf.Gpu;

return Run(Arguments.Parse(args));

static int Run(Arguments? arguments)
{
    if (arguments is null)
    {
        Console.Error.WriteLine(Arguments.Usage);
        return 2;
    }

    CudaReport cuda = AcceleratorList.FindCuda();
    if (cuda.Problem is not null && !arguments.IsEmulated)
    {
        Console.Error.WriteLine($"No GPU was found: nothing was measured. {cuda.Problem}");
        Console.Error.WriteLine("--emulate runs all checks on the emulator, without a card.");
        return 1;
    }

    using KernelDevice device = arguments.IsEmulated ? KernelDevice.Open(AcceleratorKind.Emulator) : KernelDevice.Open(AcceleratorKind.Cuda, arguments.Index);
    using Report report = new(arguments.Output);
    report.Head(device.Info, cuda);
    bool isGood = KernelSuite.Run(device, report);
    isGood &= EndToEnd.Run(device, report);
    report.Line("");
    report.Line(isGood ? "All checks passed." : "CHECKS FAILED: see above.");
    return isGood ? 0 : 1;
}

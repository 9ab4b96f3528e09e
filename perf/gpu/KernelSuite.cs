using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Perf.Gpu.Cases;

namespace CAManim.Native.Perf.Gpu;

/// <summary>Checks every kernel, then measures it, beside a copy of the same device.</summary>
internal static class KernelSuite
{
    private const int WarmUps = 5;
    private const int Repeats = 31;

    /// <summary>Whether all agree with their scalar variants.</summary>
    public static bool Run(KernelDevice device, Report report)
    {
        bool isMeasured = device.Info.Kind == AcceleratorKind.Cuda;
        double copy = isMeasured ? CopyRate(device) : 0;
        if (isMeasured)
        {
            report.Line($"copy on the device: {copy:F0} GB/s (read and written), 512 MiB");
            report.Line("");
        }

        report.Line("| kernel | check | median ms | GB/s | of copy | rate |");
        report.Line("| --- | --- | --- | --- | --- | --- |");
        bool isGood = true;
        foreach (Func<KernelDevice, bool, CaseGroup> make in (Func<KernelDevice, bool, CaseGroup>[])[ReductionCases.Make, MapCases.Make, FrameCases.Make, SelectionCases.Make, ImputationCases.Make, RemovalCases.Make])
        {
            using CaseGroup group = make(device, isMeasured);
            foreach (KernelCase one in group.Cases)
            {
                one.Run();
                string? fault = one.FindFault();
                isGood &= fault is null;
                report.Line($"| {one.Name} | {fault ?? "ok"} | {(isMeasured ? Numbers(device, one, copy) : "| | |")} |");
            }
        }

        report.Line("");
        foreach (KernelUse use in device.KernelsInUse())
        {
            report.Line($"- {use.Name}: {use.Registers} registers, {use.SharedBytes} bytes shared, {use.LocalBytes} bytes local, at most {use.MostThreads} threads a group");
        }

        return isGood;
    }

    private static string Numbers(KernelDevice device, KernelCase one, double copy)
    {
        double time = Median(device, one.Run);
        double rate = one.Bytes / time / 1e6;
        return $"{time:F4} | {rate:F0} | {rate / copy:P0} | {(one.Items == 0 ? "" : $"{one.Items / time * 1000:N0} {one.Unit}/s")}";
    }

    private static double Median(KernelDevice device, Action run)
    {
        double[] times = new double[Repeats];
        for (int i = -WarmUps; i < Repeats; i++)
        {
            double time = device.Time(run);
            if (i >= 0)
            {
                times[i] = time;
            }
        }

        Array.Sort(times);
        return times[Repeats / 2];
    }

    private static double CopyRate(KernelDevice device)
    {
        const long Bytes = 512L << 20;
        using KernelBuffer<byte> from = device.Allocate<byte>(Bytes);
        using KernelBuffer<byte> to = device.Allocate<byte>(Bytes);
        device.Clear(from.View);
        return 2.0 * Bytes / Median(device, () => device.Copy(from.View, to.View)) / 1e6;
    }
}

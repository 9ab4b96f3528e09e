using CAManim.Native.Kernels.Interop;
using CAManim.Native.Kernels.Interop.Processors;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Devices;

/// <summary>Stands before every forward on the processor: what is known to be computed wrongly here is not computed.</summary>
internal static class ProcessorGate
{
    /// <summary>Waits for the processor's verdict, which is known but for the first time on a machine.</summary>
    /// <param name="input">What the network will be given; a card's numbers are the card's affair.</param>
    /// <param name="precision">What is asked for.</param>
    /// <exception cref="CamException">libtorch computes wrongly here, in float32 or in the bfloat16 that is asked for.</exception>
    public static void Pass(Tensor input, Precision precision = Precision.Float32)
    {
        if (input.device_type == DeviceType.CPU && TorchRuntime.Processor is { } report)
        {
            Pass(report, precision == Precision.BFloat16 || input.dtype == ScalarType.BFloat16);
        }
    }

    /// <summary>The same for a verdict.</summary>
    public static void Pass(ProcessorReport report, bool isNarrow)
    {
        if (report.Verdict == ProcessorVerdict.Wrong)
        {
            throw new CamException($"libtorch computes wrongly on this processor ({report.Processor}; {report.Note}): {Worst(report, isNarrow: false)}. Nothing was computed. "
                + "Unset ONEDNN_MAX_CPU_ISA where it is set, or use another machine; camanim doctor shows the table, and CAMANIM_CPU=native computes nevertheless.");
        }

        if (isNarrow && !report.IsBFloat16Right)
        {
            throw new CamException($"bfloat16 was asked for, and libtorch computes wrongly in it on this processor ({report.Processor}): {Worst(report, isNarrow: true)}. "
                + "Use float32, which is right here; camanim doctor shows the table.");
        }
    }

    private static string Worst(ProcessorReport report, bool isNarrow)
    {
        ProcessorTrial trial = report.Trials[^1];
        ProcessorCase? worst = trial.Cases.Where(c => c.IsNarrow == isNarrow && !c.IsRight).MaxBy(c => c.Error / c.Limit);
        return worst is null ? trial.Problem ?? "it was not tested to the end" : $"{worst.Type}, {worst.Name}, {worst.Where}: off by {worst.Error:0.##e+0} of the largest value, {worst.Limit:0.##e+0} is tolerated";
    }
}

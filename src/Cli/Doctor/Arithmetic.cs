using CAManim.Native.Kernels.Interop.Processors;

namespace CAManim.Native.Cli.Doctor;

/// <summary>Whether libtorch computes rightly on this processor.</summary>
internal static class Arithmetic
{
    public static Finding Check(ProcessorReport report)
    {
        string found = $"{report.Processor}; {report.Note}";
        return report.Verdict switch
        {
            ProcessorVerdict.Wrong => new Finding("numbers", FindingState.Problem, $"wrong: {found}", "Unset ONEDNN_MAX_CPU_ISA where it is set, or use another machine; maps are not computed here. CAMANIM_CPU=native computes nevertheless."),
            ProcessorVerdict.Untested => new Finding("numbers", FindingState.Note, $"untested: {found}", $"{report.Reason}: nobody knows whether libtorch computes rightly here."),
            _ when !report.IsBFloat16Right => new Finding("numbers", FindingState.Note, $"float32 right, bfloat16 wrong: {found}", "Use float32; bfloat16 is refused on this processor."),
            _ => report.Rung == ProcessorRung.Sse41
                ? new Finding("numbers", FindingState.Note, $"right, and slower than it could be: {found}", "Nothing is to do for right maps. For full speed use a machine whose hypervisor describes the processor's caches (docs/processors.md).")
                : new Finding("numbers", FindingState.Ok, $"right: {found}"),
        };
    }
}

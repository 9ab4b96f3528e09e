using System.Runtime.InteropServices;

namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>Sees to it that oneDNN knows the processor before anything is computed.</summary>
internal static class ProcessorLoader
{
    /// <summary>To be called when libtorch_cpu.so is loaded and before the first tensor.</summary>
    /// <param name="library">Its full path.</param>
    /// <exception cref="InvalidDataException">The variable CAMANIM_CPU holds something else than auto, native or safe.</exception>
    public static ProcessorState Prepare(string library)
    {
        string setting = Environment.GetEnvironmentVariable(ProcessorSetting.Variable) is { Length: > 0 } set ? set : "auto";
        string? isa = ProcessorSetting.Isa;
        string limit = isa is null ? "" : $"; {ProcessorSetting.IsaVariable}={isa} was set";
        switch (setting)
        {
            case "native":
                return new ProcessorState(ProcessorRung.Native, $"left alone ({ProcessorSetting.Variable}=native){limit}");
            case "safe":
                return isa is null ? Lower($"{ProcessorSetting.Variable}=safe") : new ProcessorState(ProcessorRung.Native, $"{ProcessorSetting.IsaVariable}={isa} was set and goes before {ProcessorSetting.Variable}=safe");
            case "auto":
                break;
            default:
                throw new InvalidDataException($"{ProcessorSetting.Variable}={setting} is not known: auto, native or safe was expected.");
        }

        if (RuntimeInformation.ProcessArchitecture != Architecture.X64 || !Cpuid.IsSupported || ProcessorModel.Read(Cpuid.Read).DescribesCaches)
        {
            return new ProcessorState(ProcessorRung.Native, $"as it is{limit}");
        }

        ProcessorRepair.Outcome outcome = ProcessorRepair.Apply(library);
        return outcome.IsRight ? new ProcessorState(outcome.IsRepaired ? ProcessorRung.Repaired : ProcessorRung.Native, outcome.Note + limit)
            : isa is null ? Lower(outcome.Note)
            : new ProcessorState(ProcessorRung.Native, outcome.Note + limit);
    }

    private static ProcessorState Lower(string reason) => ProcessorSetting.Lower()
        ? new ProcessorState(ProcessorRung.Sse41, $"{reason}: oneDNN computes with SSE4.1")
        : new ProcessorState(ProcessorRung.Native, $"{reason}, but {ProcessorSetting.IsaVariable} could not be set");
}

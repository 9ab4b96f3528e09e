using System.Runtime.InteropServices;

namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>What the check of the processor reads and does, so that tests can have other processors.</summary>
internal sealed record ProcessorParts
{
    /// <summary>libtorch_cpu.so.</summary>
    public required string Library { get; init; }

    /// <summary>CPUID, or null where there is none.</summary>
    public CpuidReader? Cpuid { get; init; }

    /// <summary>A variable of the environment.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Puts oneDNN's description right.</summary>
    public required Func<ProcessorRepair.Outcome> Repair { get; init; }

    /// <summary>Allows oneDNN no more than SSE4.1.</summary>
    public required Func<bool> Lower { get; init; }

    /// <summary>Tests a rung.</summary>
    public required Func<ProcessorRung, ProcessorTrial> Test { get; init; }

    /// <summary>The verdict that was kept, or null.</summary>
    public required Func<byte[]?> ReadVerdict { get; init; }

    /// <summary>Keeps a verdict.</summary>
    public required Action<byte[]> WriteVerdict { get; init; }

    /// <summary>Those of this machine.</summary>
    public static ProcessorParts Here(string library) => new()
    {
        Library = library,
        Cpuid = RuntimeInformation.ProcessArchitecture == Architecture.X64 && Processors.Cpuid.IsSupported ? Processors.Cpuid.Read : null,
        Variable = Environment.GetEnvironmentVariable,
        Repair = () => ProcessorRepair.Apply(library),
        Lower = ProcessorSetting.Lower,
        Test = SelfTestChild.Run,
        ReadVerdict = () => CacheFolder.Read(VerdictFile.Name),
        WriteVerdict = content => CacheFolder.TryWrite(VerdictFile.Name, content),
    };
}

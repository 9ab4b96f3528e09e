using System.Runtime.Intrinsics.X86;

namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>The four words that CPUID answers with.</summary>
internal readonly record struct CpuidWords(uint Eax, uint Ebx, uint Ecx, uint Edx);

/// <summary>Asks CPUID for a leaf and a subleaf; tests answer for processors that they do not have.</summary>
internal delegate CpuidWords CpuidReader(uint leaf, uint subleaf);

/// <summary>The processor that this program runs on.</summary>
internal static class Cpuid
{
    /// <summary>Whether there is such an instruction.</summary>
    public static bool IsSupported => X86Base.IsSupported;

    /// <summary>Executes the instruction.</summary>
    public static CpuidWords Read(uint leaf, uint subleaf)
    {
        (int eax, int ebx, int ecx, int edx) = X86Base.CpuId(unchecked((int)leaf), unchecked((int)subleaf));
        return new CpuidWords((uint)eax, (uint)ebx, (uint)ecx, (uint)edx);
    }
}

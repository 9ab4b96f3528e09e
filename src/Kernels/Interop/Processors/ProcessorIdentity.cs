using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>All that libtorch's choice of code may depend on, as a key: a verdict holds for one key.</summary>
internal static class ProcessorIdentity
{
    private const string ArmFile = "/sys/devices/system/cpu/cpu0/regs/identification/midr_el1";
    private const uint Hypervisor = 0x40000000;
    private const uint HybridBit = 1 << 15;
    private const int MaxCaches = 5;

    /// <summary>The key: processor, libtorch by path, size and time, our version, and what the user set.</summary>
    /// <param name="read">CPUID; null where there is none.</param>
    /// <param name="library">libtorch_cpu.so.</param>
    /// <param name="isa">The instruction set that the user allows, or null.</param>
    public static string Key(CpuidReader? read, string library, string? isa)
    {
        StringBuilder key = new();
        key.Append(typeof(ProcessorIdentity).Assembly.GetName().Version).Append(' ').Append(typeof(ProcessorIdentity).Module.ModuleVersionId.ToString("N"));
        FileInfo file = new(library);
        FileInfo target = file.Exists ? file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file : file;
        key.Append(CultureInfo.InvariantCulture, $" {(target.Exists ? target.Length : 0)} {(target.Exists ? target.LastWriteTimeUtc.Ticks : 0)} isa={isa} ");
        if (read is null)
        {
            key.Append(RuntimeInformation.ProcessArchitecture).Append(File.Exists(ArmFile) ? File.ReadAllText(ArmFile).Trim() : "");
            return key.ToString();
        }

        // EBX of leaf 1 holds the number of the core that answers: not for a key.
        CpuidWords first = read(0, 0), signature = read(1, 0), features = read(7, 0);
        key.Append(CultureInfo.InvariantCulture, $"{first.Ebx:x}{first.Edx:x}{first.Ecx:x} {signature.Eax:x}-{signature.Ecx:x}-{signature.Edx:x} {features.Ebx:x}-{features.Ecx:x}-{features.Edx:x}-{read(7, 1).Eax:x}");

        // Cores of a hybrid processor have different caches: which one answers is chance.
        if ((features.Edx & HybridBit) == 0)
        {
            Append(key, first.Eax >= 4 ? 4u : 0, read);
            Append(key, read(0x80000000, 0).Eax is >= 0x8000001D and < 0x80010000 ? 0x8000001Du : 0, read);
        }

        if (IsVirtual(signature))
        {
            CpuidWords name = read(Hypervisor, 0);
            key.Append(CultureInfo.InvariantCulture, $" {name.Ebx:x}{name.Ecx:x}{name.Edx:x}");
        }

        return key.ToString();
    }

    /// <summary>Maker, family, model, stepping, and what it runs under, in words.</summary>
    public static string Describe(CpuidReader? read)
    {
        if (read is null)
        {
            return RuntimeInformation.ProcessArchitecture.ToString();
        }

        ProcessorModel model = ProcessorModel.Read(read);
        string under = IsVirtual(read(1, 0)) ? $" under {ProcessorModel.Text(read(Hypervisor, 0).Ebx, read(Hypervisor, 0).Ecx, read(Hypervisor, 0).Edx).Trim()}" : "";
        return $"{model.Vendor} family {model.Family} model {model.Model} stepping {model.Stepping}{under}{(model.DescribesCaches ? "" : ", no caches described")}";
    }

    // Bit 31 of ECX of leaf 1 is set by hypervisors.
    private static bool IsVirtual(CpuidWords signature) => signature.Ecx >> 31 == 1;

    private static void Append(StringBuilder key, uint leaf, CpuidReader read)
    {
        for (uint i = 0; leaf != 0 && i < MaxCaches && read(leaf, i) is { } cache && (cache.Eax & 31) != 0; i++)
        {
            // EAX beyond bit 13 counts cores of the machine.
            key.Append(CultureInfo.InvariantCulture, $" {cache.Eax & 0x3FFF:x},{cache.Ebx:x},{cache.Ecx:x}");
        }
    }
}

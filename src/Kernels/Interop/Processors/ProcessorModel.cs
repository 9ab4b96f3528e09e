namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>What CPUID says of the processor, as far as libtorch's choice of code depends on it.</summary>
/// <param name="Vendor">Such as <c>AuthenticAMD</c>.</param>
/// <param name="Family">Family with the extended family added, as oneDNN and Linux count it.</param>
/// <param name="Model">Model with the extended model in front.</param>
/// <param name="Stepping">Stepping.</param>
/// <param name="DescribesCaches">Whether the leaf that oneDNN reads names at least one cache; hypervisors leave it empty.</param>
internal sealed record ProcessorModel(string Vendor, int Family, int Model, int Stepping, bool DescribesCaches)
{
    private const uint IntelCaches = 4;
    private const uint AmdCaches = 0x8000001D;
    private const uint HighestExtended = 0x80000000;
    private const string Amd = "AuthenticAMD";

    /// <summary>Reads it.</summary>
    public static ProcessorModel Read(CpuidReader read)
    {
        CpuidWords first = read(0, 0);
        string vendor = Text(first.Ebx, first.Edx, first.Ecx);
        uint signature = read(1, 0).Eax;
        int family = (int)((signature >> 8) & 15);
        int model = (int)((signature >> 4) & 15);
        if (family is 6 or 15)
        {
            model |= (int)((signature >> 12) & 0xF0);
        }

        if (family == 15)
        {
            family += (int)((signature >> 20) & 255);
        }

        return new ProcessorModel(vendor, family, model, (int)(signature & 15), HasCaches(vendor, first.Eax, read));
    }

    // Bits 0 to 4 of EAX are the type of the first cache; 0 means that there are no (more) caches.
    private static bool HasCaches(string vendor, uint highest, CpuidReader read)
    {
        uint leaf = vendor == Amd && read(HighestExtended, 0).Eax >= AmdCaches ? AmdCaches : IntelCaches;
        return (leaf == AmdCaches || highest >= IntelCaches) && (read(leaf, 0).Eax & 31) != 0;
    }

    /// <summary>The characters of words, as CPUID keeps names.</summary>
    public static string Text(params ReadOnlySpan<uint> words)
    {
        Span<char> text = stackalloc char[words.Length * 4];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = (char)((words[i / 4] >> (8 * (i % 4))) & 127);
        }

        return text.ToString();
    }
}

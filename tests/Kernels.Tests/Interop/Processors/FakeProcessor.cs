using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Interop.Processors;

namespace CAManim.Native.Kernels.Tests.Interop.Processors;

/// <summary>Readings of an AMD family 26 machine under a hypervisor that describes no caches, and variations of it.</summary>
internal static class FakeProcessor
{
    public static ProcessorModel Model { get; } = new("AuthenticAMD", 26, 2, 1, DescribesCaches: false);

    /// <summary>oneDNN's 36 words as they were found there; one of them changed where asked for.</summary>
    public static byte[] Description(int word = -1, int value = 0)
    {
        int[] words = new int[36];
        (words[0], words[1], words[2]) = (0x5ef0f7ff, unchecked((int)0xc7fd8f3e), 0x0300200e);
        foreach (int one in (int[])[4, 5, 6, 7, 8, 9, 17, 18, 19, 31])
        {
            words[one] = 1;
        }

        (words[27], words[29], words[30], words[33], words[34], words[35]) = (3, 2, 15, 11, 26, 2);
        if (word >= 0)
        {
            words[word] = value;
        }

        return MemoryMarshal.AsBytes(words).ToArray();
    }

    /// <summary>CPUID of it.</summary>
    public static CpuidReader Cpuid(uint firstCache = 0, uint level1 = 0x300c0140, uint level2 = 0x04006140, uint level3 = 0x0fe09140, string vendor = "AuthenticAMD", uint highestExtended = 0x80000021, uint signature = 0x00b00f21) => (leaf, _) => leaf switch
    {
        0 => new CpuidWords(13, Word(vendor, 0), Word(vendor, 8), Word(vendor, 4)),
        1 => new CpuidWords(signature, 0xf3fe0800, 0xfed83203, 0x178bfbff),
        7 => new CpuidWords(1, 0xf1bb03a9, 0x18005f42, 0x110),
        0x40000000 => new CpuidWords(0x40000000, 0x76796862, 0x68622065, 0x20657679),
        0x80000000 => new CpuidWords(highestExtended, 0, 0, 0),
        0x80000005 => new CpuidWords(0, 0, level1, 0),
        0x80000006 => new CpuidWords(0, 0, level2, level3),
        4 or 0x8000001D => new CpuidWords(firstCache, 0, 0, 0),
        _ => default,
    };

    private static uint Word(string text, int at) => (uint)(text[at] | (text[at + 1] << 8) | (text[at + 2] << 16) | (text[at + 3] << 24));
}

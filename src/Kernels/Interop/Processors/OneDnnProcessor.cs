using System.Runtime.InteropServices;

namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>The bytes of oneDNN's own description of the processor, an <c>Xbyak::util::Cpu</c>, in the layout of libtorch 2.10.</summary>
/// <remarks>
/// Where AMD's leaf 0x8000001D says "no more caches" at once, Xbyak reads on, and counts three data caches of 1 byte each. oneDNN's blockings
/// then divide by zero or cover less than the tensor. The layout is of that build alone: nothing is written unless all that is known of
/// the processor stands where it should.
/// </remarks>
internal static class OneDnnProcessor
{
    /// <summary>Size of the object.</summary>
    public const int SizeInBytes = 144;

    private const int Features = 0;
    private const int Cores = 20;
    private const int Sizes = 28;
    private const int Sharing = 68;
    private const int Levels = 108;
    private const int Stepping = 124;
    private const int Family = 136;
    private const int Model = 140;

    private const int MaxLevels = 10;
    private const int DescribedLevels = 3;
    private const int SmallestCacheInBytes = 4096;

    // Bits that Xbyak sets for AMD's name, and for MMX (1, 2), CMOV, SSE and SSE2, which each 64-bit processor has.
    private const ulong AmdFeatures = (1UL << 25) | 0x1F;

    /// <summary>What the bytes are.</summary>
    public enum State
    {
        /// <summary>Something else than was expected: not to be touched.</summary>
        Unknown,

        /// <summary>The caches have sizes that caches have, or oneDNN knows that it knows none.</summary>
        Right,

        /// <summary>Three caches of 1 byte.</summary>
        Faulty,
    }

    /// <summary>Looks whether these bytes describe <paramref name="processor"/>, and whether their caches can be.</summary>
    public static State Examine(ReadOnlySpan<byte> bytes, ProcessorModel processor)
    {
        if (bytes.Length != SizeInBytes
            || Word(bytes, Family) != processor.Family || Word(bytes, Model) != processor.Model || Word(bytes, Stepping) != processor.Stepping
            || Word(bytes, Levels) is < 0 or > MaxLevels)
        {
            return State.Unknown;
        }

        ReadOnlySpan<int> sizes = Words(bytes, Sizes), sharing = Words(bytes, Sharing);
        int levels = Word(bytes, Levels);
        if (!sizes[..levels].ContainsAnyInRange(int.MinValue, SmallestCacheInBytes - 1))
        {
            return State.Right;
        }

        bool isFaulty = levels == DescribedLevels
            && (MemoryMarshal.Read<ulong>(bytes[Features..]) & AmdFeatures) == AmdFeatures
            && Word(bytes, Cores) >= 1 && Word(bytes, Cores + 4) >= 1
            && sizes.SequenceEqual((ReadOnlySpan<int>)[1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
            && sharing.SequenceEqual((ReadOnlySpan<int>)[1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
        return isFaulty ? State.Faulty : State.Unknown;
    }

    /// <summary>Writes the sizes into bytes that are <see cref="State.Faulty"/>.</summary>
    public static void Repair(Span<byte> bytes, CacheSizes caches)
    {
        Span<int> sizes = MemoryMarshal.Cast<byte, int>(bytes.Slice(Sizes, DescribedLevels * sizeof(int)));
        (sizes[0], sizes[1], sizes[2]) = (caches.Level1InBytes, caches.Level2InBytes, caches.Level3InBytes);
    }

    private static int Word(ReadOnlySpan<byte> bytes, int offset) => MemoryMarshal.Read<int>(bytes[offset..]);

    private static ReadOnlySpan<int> Words(ReadOnlySpan<byte> bytes, int offset) => MemoryMarshal.Cast<byte, int>(bytes.Slice(offset, MaxLevels * sizeof(int)));
}

using System.Globalization;

namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>The data that a core can keep near, by level, in bytes; of a shared level the share of one core.</summary>
/// <param name="Level1InBytes">First level.</param>
/// <param name="Level2InBytes">Second level.</param>
/// <param name="Level3InBytes">Third level.</param>
/// <param name="Source">Where the sizes come from, in words.</param>
internal sealed record CacheSizes(int Level1InBytes, int Level2InBytes, int Level3InBytes, string Source)
{
    /// <summary>Where Linux lists the caches of the first core.</summary>
    public const string SystemFolder = "/sys/devices/system/cpu/cpu0/cache";

    private const uint HighestExtended = 0x80000000;
    private const uint Level1 = 0x80000005;
    private const uint Level2And3 = 0x80000006;

    /// <summary>What oneDNN takes itself where it knows that it knows nothing.</summary>
    public static CacheSizes Defaults { get; } = new(32 << 10, 512 << 10, 1 << 20, "safe defaults");

    /// <summary>The older leaves of CPUID, else the system's list, else <see cref="Defaults"/>.</summary>
    public static CacheSizes Find(CpuidReader read, string systemFolder = SystemFolder) => FromCpuid(read) ?? FromSystem(systemFolder) ?? Defaults;

    /// <summary>Leaves 0x80000005 (KiB in the highest byte of ECX) and 0x80000006 (KiB in ECX, half MiB in EDX); null where they are empty or absurd.</summary>
    public static CacheSizes? FromCpuid(CpuidReader read)
    {
        if (read(HighestExtended, 0).Eax is not (>= Level2And3 and < 0x80010000))
        {
            return null;
        }

        CpuidWords outer = read(Level2And3, 0);
        return Checked((read(Level1, 0).Ecx >> 24) * 1024L, (outer.Ecx >> 16) * 1024L, (outer.Edx >> 18) * (512L << 10), "CPUID 0x80000005 and 0x80000006");
    }

    /// <summary>Reads <c>index*/level</c>, <c>type</c> and <c>size</c>; null where they are missing or absurd.</summary>
    public static CacheSizes? FromSystem(string folder)
    {
        try
        {
            Span<long> sizes = stackalloc long[4];
            foreach (string cache in Directory.Exists(folder) ? Directory.GetDirectories(folder, "index*") : [])
            {
                if (Read(cache, "type") != "Instruction" && int.TryParse(Read(cache, "level"), NumberStyles.None, CultureInfo.InvariantCulture, out int level) && level is >= 1 and <= 3)
                {
                    sizes[level] = Bytes(Read(cache, "size"));
                }
            }

            return Checked(sizes[1], sizes[2], sizes[3], folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A third level is shared by cores that this machine may not be given: a core of today's processors has 1 to 4 MiB of it.
    private static CacheSizes? Checked(long level1, long level2, long level3, string source) =>
        level1 is < 8 << 10 or > 1 << 20 || level2 is < 64 << 10 or > 64 << 20
            ? null
            : new CacheSizes((int)level1, (int)level2, (int)Math.Clamp(level3, 1 << 20, 4 << 20), source);

    private static string Read(string folder, string name) => File.ReadAllText(Path.Combine(folder, name)).Trim();

    // 48K, 1024K, 32M
    private static long Bytes(string size)
    {
        int shift = size.EndsWith('K') ? 10 : size.EndsWith('M') ? 20 : 0;
        return long.TryParse(size.AsSpan(0, size.Length - (shift == 0 ? 0 : 1)), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value << shift : 0;
    }
}

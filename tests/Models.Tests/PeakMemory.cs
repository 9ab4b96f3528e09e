using System.Globalization;

namespace CAManim.Native.Models.Tests;

/// <summary>The highest resident memory of this process since it was made, over what it had then; 0 where the system does not tell.</summary>
internal sealed class PeakMemory
{
    private const string Status = "/proc/self/status";

    private readonly long _start;

    public PeakMemory()
    {
        GC.Collect();
        if (File.Exists(Status))
        {
            // Sets the high-water mark back to what is resident now.
            File.WriteAllText("/proc/self/clear_refs", "5");
        }

        _start = HighWaterMark();
    }

    /// <summary>Bytes.</summary>
    public long Growth => HighWaterMark() - _start;

    private static long HighWaterMark()
    {
        if (!File.Exists(Status))
        {
            return 0;
        }

        string line = File.ReadLines(Status).First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }
}

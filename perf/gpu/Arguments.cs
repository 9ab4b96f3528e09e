using System.Globalization;

namespace CAManim.Native.Perf.Gpu;

/// <summary>What was asked for.</summary>
/// <param name="IsEmulated">Whether the emulator stands in for a card: checks only, small sizes.</param>
/// <param name="Index">Which card.</param>
/// <param name="Output">The report's file.</param>
internal sealed record Arguments(bool IsEmulated, int Index, string Output)
{
    public const string Usage = "camanim-gpu [--emulate] [--device N] [--output report.md]";

    /// <summary>Reads the command line; null where it is not understood.</summary>
    public static Arguments? Parse(string[] words)
    {
        Arguments read = new(false, 0, "report.md");
        for (int i = 0; i < words.Length; i++)
        {
            string? value = i + 1 < words.Length ? words[i + 1] : null;
            if (words[i] == "--emulate")
            {
                read = read with { IsEmulated = true };
            }
            else if (words[i] == "--device" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            {
                read = read with { Index = index };
                i++;
            }
            else if (words[i] == "--output" && value is not null)
            {
                read = read with { Output = value };
                i++;
            }
            else
            {
                return null;
            }
        }

        return read;
    }
}

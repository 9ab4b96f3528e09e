using System.Globalization;
using System.Text;

namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>A verdict as a small text: a key, the trials, a sum over all. What is damaged or of another key is as if it were not there.</summary>
internal static class VerdictFile
{
    /// <summary>Its name in the cache folder.</summary>
    public const string Name = "processor.txt";

    private const string Title = "camanim processor 1";

    /// <summary>The bytes of a verdict.</summary>
    public static byte[] Write(string key, IReadOnlyList<ProcessorTrial> trials)
    {
        StringBuilder text = new();
        text.Append(Title).Append('\n').Append(key).Append('\n');
        foreach (ProcessorTrial trial in trials)
        {
            text.Append(CultureInfo.InvariantCulture, $"trial\t{trial.Rung}\t{Line(trial.Problem ?? "")}\n");
            foreach (ProcessorCase c in trial.Cases)
            {
                text.Append(CultureInfo.InvariantCulture, $"case\t{Line(c.Type)}\t{Line(c.Name)}\t{c.Error:R}\t{c.Limit:R}\t{Line(c.Where)}\n");
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"{Sum(text.ToString()):x16}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads it.</summary>
    /// <returns>The trials, or null.</returns>
    public static IReadOnlyList<ProcessorTrial>? Read(byte[]? content, string key)
    {
        string text = content is null ? "" : Encoding.UTF8.GetString(content);
        int last = text.Length < 2 ? -1 : text.LastIndexOf('\n', text.Length - 2) + 1;
        if (last <= 0 || text[last..].TrimEnd('\n') != Sum(text[..last]).ToString("x16", CultureInfo.InvariantCulture))
        {
            return null;
        }

        string[] lines = text[..last].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            return lines is [Title, { } of, .. { } rest] && of == key ? Trials(rest) : null;
        }
        catch (Exception error) when (error is FormatException or ArgumentException or OverflowException or IndexOutOfRangeException or InvalidOperationException)
        {
            return null;
        }
    }

    private static List<ProcessorTrial> Trials(string[] lines)
    {
        List<ProcessorTrial> trials = [];
        List<ProcessorCase> cases = [];
        foreach (string line in lines)
        {
            string[] words = line.Split('\t');
            if (words[0] == "trial")
            {
                cases = [];
                trials.Add(new ProcessorTrial(Enum.Parse<ProcessorRung>(words[1]), cases, words[2].Length == 0 ? null : words[2]));
            }
            else
            {
                cases.Add(new ProcessorCase(words[1], words[2], Number(words[3]), Number(words[4]), words[5]));
            }
        }

        return trials.Count > 0 ? trials : throw new FormatException("no trial");
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Line(string text) => text.Replace('\t', ' ').Replace('\n', ' ').Replace('\r', ' ');

    // FNV-1a: against damage, not against an enemy, whom the folder's owner and mode keep out.
    private static ulong Sum(string text)
    {
        ulong sum = 14695981039346656037;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            sum = (sum ^ b) * 1099511628211;
        }

        return sum;
    }
}

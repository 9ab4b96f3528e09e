using CAManim.Native.Models.Images;

namespace CAManim.Native.Cli.Json;

/// <summary>A report that is read back is anybody's: its numbers are looked at before anything is made of their size.</summary>
internal static class RunReportCheck
{
    // Nothing that is drawn is larger: pictures with more pixels are not read either.
    private const long LargestInput = ImageFile.DefaultPixelLimit;

    private static readonly string[] Resizes = [.. Enum.GetNames<ResizeMode>().Select(n => n.ToLowerInvariant())];

    /// <summary>Looks at all that the page is made of.</summary>
    /// <param name="report">As it was read.</param>
    /// <param name="file">Where from, for the message.</param>
    /// <exception cref="InvalidDataException">A value is none that a run writes.</exception>
    public static void Check(RunReport report, string file)
    {
        CheckInput(report.Input, file);
        CheckFrames(report.Frames, report.Target, file);
        HashSet<string> targets = [report.Target.Asked];
        foreach (TargetDetails other in report.OtherTargets)
        {
            if (!targets.Add(other.Target.Asked))
            {
                throw Wrong(file, $"has the target '{other.Target.Asked}' twice", "each once");
            }

            CheckFrames(other.Frames, other.Target, file);
        }
    }

    private static void CheckInput(InputReport input, string file)
    {
        if (input.Height < 1 || input.Width < 1 || (long)input.Height * input.Width > LargestInput)
        {
            throw Wrong(file, $"says that the input has {input.Height}x{input.Width} pixels", $"1 to {LargestInput} of them");
        }

        if (input.ResizeSize is { } size && (size < 1 || (long)size * size > LargestInput))
        {
            throw Wrong(file, $"says that the picture was scaled to a side of {size}", $"1 to {(int)Math.Sqrt(LargestInput)}");
        }

        if (input.Resize is not null && !Resizes.Contains(input.Resize))
        {
            throw Wrong(file, $"has the resize '{input.Resize}'", $"one of {string.Join(", ", Resizes)}, or null for a tensor");
        }

        if (input.Mean.Count is 0 or > 16 || input.Mean.Count != input.Std.Count || input.Std.Any(s => s <= 0))
        {
            throw Wrong(file, $"has {input.Mean.Count} means and the deviations {string.Join(", ", input.Std.Take(16))}", "one of each for every channel, deviations above 0");
        }
    }

    private static void CheckFrames(IReadOnlyList<FrameReport> frames, TargetReport target, string file)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (FrameReport frame in frames)
        {
            if (!names.Add(frame.Name))
            {
                throw Wrong(file, $"has two frames '{frame.Name}' of the target '{target.Asked}'", "one name for each call");
            }
        }

        if (!frames.Any(f => f.Kept))
        {
            throw Wrong(file, $"has no frame with a map among {frames.Count} of the target '{target.Asked}'", "at least one");
        }
    }

    private static InvalidDataException Wrong(string file, string found, string expected) =>
        new($"'{file}' {found}; expected is {expected}. Give a file that run --json wrote.");
}

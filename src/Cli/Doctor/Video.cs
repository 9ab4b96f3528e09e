using CAManim.Native.Encoding;

namespace CAManim.Native.Cli.Doctor;

/// <summary>libav and the encoders of each kind of video.</summary>
internal static class Video
{
    public static IEnumerable<Finding> Check(LibavReport report)
    {
        if (report.Problem is not null)
        {
            yield return new Finding("libav", FindingState.Problem, "not usable", report.Problem);
            yield break;
        }

        yield return new Finding("libav", FindingState.Ok, $"FFmpeg {report.Version}: {string.Join(", ", report.Libraries)}");
        foreach (IGrouping<string, LibavEncoderReport> kind in report.Encoders.GroupBy(e => e.Extension))
        {
            string usable = string.Join(", ", kind.Where(e => e.IsUsable).Select(e => e.Name));
            string missing = string.Join(", ", kind.Where(e => !e.IsUsable).Select(e => e.Name));
            string also = missing.Length == 0 ? "" : $" (not here: {missing})";
            yield return usable.Length > 0
                ? new Finding($"encoder {kind.Key}", FindingState.Ok, $"{usable}{also}")
                : new Finding($"encoder {kind.Key}", FindingState.Problem, $"none works: {string.Join(' ', kind.Select(e => e.Problem))}", $"Install an FFmpeg that has one of {missing}, or write another kind of video.");
        }
    }
}

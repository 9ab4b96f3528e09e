using System.Text.Json;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Outputs;
using CAManim.Native.Kernels.Interop;
using CAManim.Native.Models.Images;
using CAManim.Native.Report;

namespace CAManim.Native.Cli.Running;

/// <summary>Makes a page of the files that runs left.</summary>
internal static class Reporter
{
    // The largest network with a dozen targets makes some ten.
    private const long LargestReport = 256 << 20;

    /// <exception cref="InvalidDataException">A file is not what a run writes, or files do not belong together.</exception>
    /// <exception cref="IOException">A file is missing or cannot be written.</exception>
    public static void Run(ReportRequest request)
    {
        using OutputSet outputs = new();
        string place = outputs.AddFile(request.Output);
        ReportedRun[] runs = [.. request.Results.SelectMany((result, i) => Read(result, request.Maps.ElementAtOrDefault(i)))];
        ShownPicture picture = Picture(request, runs[0].Report);
        ReportPage.Write(place, ReportPages.Content(runs, picture, request.ColorMap, request.Alpha));
        outputs.Commit();
    }

    private static IReadOnlyList<ReportedRun> Read(string result, string? maps)
    {
        if (!File.Exists(result))
        {
            throw new FileNotFoundException($"There is no file '{result}'. Name the report that run --json wrote.");
        }

        RunReport report = Parse(result);
        string file = maps ?? (report.Outputs.Maps is { } written
            ? Find(written, result) ?? throw new FileNotFoundException($"'{result}' says that its maps are in '{written}', which is not there. Name the file with --maps.")
            : throw new InvalidDataException($"'{result}' was made without --maps, and a page needs the maps. Run again with --report FILE.html, or with --maps FILE.safetensors beside --json."));
        return ReportedRun.Of(report, file);
    }

    private static RunReport Parse(string result)
    {
        try
        {
            FileKind.CheckReadable(result);
            if (new FileInfo(result).Length is > LargestReport and long length)
            {
                throw new InvalidDataException($"'{result}' has {length >> 20} MiB; reports of up to {LargestReport >> 20} MiB are read. Give a file that run --json wrote.");
            }

            RunReport report = JsonText.Read<RunReport>(File.ReadAllBytes(result).AsSpan().TrimStart("\uFEFF"u8));
            RunReportCheck.Check(report, result);
            return report;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{result}' is not a report that run --json of this version writes: {error.Message}", error);
        }
    }

    private static ShownPicture Picture(ReportRequest request, RunReport report)
    {
        string? named = report.Input.File;
        string file = request.Image ?? (InputReader.IsDrawn(named) ? named : named is null ? null : Find(named, request.Results[0]))
            ?? throw new FileNotFoundException($"'{request.Results[0]}' is about '{named}', which is not there. Name the file with --image.");
        ModelInput input = InputReader.Again(report.Input, file);
        return (input.Height, input.Width) == (report.Input.Height, report.Input.Width)
            ? ShownPicture.Of(report.Input.Show == "input", input)
            : throw new InvalidDataException($"'{file}' gives an input of {input.Height}x{input.Width}; the maps of '{request.Results[0]}' belong to one of {report.Input.Height}x{report.Input.Width}. Name the picture of that run with --image.");
    }

    // As the run named it, or beside its report: files are moved together.
    private static string? Find(string named, string result)
    {
        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(result))!, Path.GetFileName(named));
        return File.Exists(named) ? named : File.Exists(beside) ? beside : null;
    }
}

using System.Globalization;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Kernels.Outputs;
using CAManim.Native.Report;

namespace CAManim.Native.Cli.Running;

/// <summary>Makes the page's content of reports and maps: the same at the end of a run and from its files.</summary>
internal static class ReportPages
{
    // The page holds every pixel, and a screen shows about so many.
    private const int LargestSide = 448;

    /// <summary>A column for each target of each run.</summary>
    /// <exception cref="InvalidDataException">The runs are of different networks or inputs.</exception>
    public static ReportContent Content(IReadOnlyList<ReportedRun> runs, ShownPicture shown, string colorMap, float alpha)
    {
        // A run of some layers lists their calls alone: the one that lists most has the order of all.
        RunReport first = runs.MaxBy(r => r.Report.Frames.Count)!.Report;
        foreach (RunReport other in runs.Select(r => r.Report))
        {
            CheckAlike(first, other);
        }

        HashSet<string> kept = [.. runs.SelectMany(r => r.Maps).Select(m => m.Name)];
        return new ReportContent
        {
            Model = first.Model,
            Picture = ShownPicture.Bounded(shown.Image, LargestSide),
            Area = shown.Area,
            Calls = [.. first.Frames.Select(f => Call(f, kept.Contains(f.Name)))],
            Columns = [.. runs.Select(Column)],
            Prediction = Scores.Sentence(first.Top5, Choice.Activation(first.Activation)),
            Warnings = [.. runs.SelectMany(r => r.Report.Warnings ?? []).Distinct()],
            About = About(runs),
            ColorMap = colorMap,
            Alpha = alpha,
        };
    }

    private static void CheckAlike(RunReport first, RunReport other)
    {
        if (first.Model != other.Model)
        {
            throw new InvalidDataException($"A page shows one network; the reports are of {first.Model} and {other.Model}. Make a page of each.");
        }

        if ((first.Input.File, first.Input.Key, first.Input.Height, first.Input.Width) != (other.Input.File, other.Input.Key, other.Input.Height, other.Input.Width))
        {
            throw new InvalidDataException($"A page shows one input; the reports are of {Input(first.Input)} and {Input(other.Input)}. Make a page of each.");
        }

        if (other.Frames.Select(f => f.Name).Except(first.Frames.Select(f => f.Name)).FirstOrDefault() is { } unknown)
        {
            throw new InvalidDataException($"One report has the layer '{unknown}' and another with more layers has not, so that they have no common order. Run one with --layers all.");
        }
    }

    private static ReportCall Call(FrameReport frame, bool isKept) => new()
    {
        Name = frame.Name,
        ModuleClass = frame.ModuleClass,
        Shape = frame.Shape,
        Parameters = frame.Parameters,
        Milliseconds = frame.TimeMilliseconds,
        SkipReason = isKept ? null : frame.SkipReason,
    };

    private static ReportColumn Column(ReportedRun run) => new()
    {
        Method = run.Report.Method,
        Target = IsShare(run.Report) ? run.Target.Target.InWords() : $"{run.Target.Target.InWords()}  {Scores.Text(run.Target.Probability, ScoreActivation.None)}",
        Probability = IsShare(run.Report) ? run.Target.Probability : null,
        Maps = run.Maps,
        GlobalMinimum = run.Target.Totals.GlobalMin ?? 0,
        GlobalMaximum = run.Target.Totals.GlobalMax ?? 0,
        RoadReasons = run.Target.Frames.Where(f => f.RoadReason is not null).ToDictionary(f => f.Name, f => f.RoadReason!),
        RoadScores = run.Target.Frames.Where(f => f.RoadPercentiles is not null).ToDictionary(f => f.Name, f => (IReadOnlyList<ReportScore>)[.. f.RoadPercentiles!.Select(p => new ReportScore(p.Percentile, p.Most, p.Least))]),
    };

    private static List<(string Name, string Value)> About(IReadOnlyList<ReportedRun> runs)
    {
        RunReport first = runs[0].Report;
        List<(string Name, string Value)> about =
        [
            ("Network", first.Model),
            ("Weights", first.Weights),
            ("Input", Input(first.Input)),
            ("Layers", $"{first.Layers}, in order of {first.Order}"),
            .. runs.Select(r => ("Method and target", $"{r.Report.Method}{How(r.Report)}, {r.Target.Target.InWords()} (class {r.Target.Target.Index})")),
        ];
        if (first.ActivationReason is not null || !first.Activation.Equals("softmax", StringComparison.OrdinalIgnoreCase))
        {
            about.Add(("Scores", $"{first.Activation}{(first.ActivationReason is null ? "" : $": {first.ActivationReason}")}"));
        }

        if (first.Totals.Road is { } road)
        {
            string percentiles = string.Join(", ", road.Percentiles.Select(p => p.ToString(CultureInfo.InvariantCulture)));
            about.Add(("ROAD", string.Create(CultureInfo.InvariantCulture, $"{road.Mode}, {percentiles} % of the pixels kept, noise {road.Noise}, trials {road.Trials}, seed {road.Seed}")));
        }

        if (first.Versions.Processor is { } processor)
        {
            about.Add(("Processor", $"{processor.Name}; code {processor.Rung}, {processor.Verdict}"));
        }

        about.Add(("Written by", $"camanim {first.Versions.Camanim}, libtorch {first.Versions.Torch}"));
        return about;
    }

    // Percent are of probabilities.
    private static bool IsShare(RunReport report) => !report.Activation.Equals("none", StringComparison.OrdinalIgnoreCase);

    // What else made the maps.
    private static string How(RunReport report)
    {
        string[] words =
        [
            .. report.Compat == "reference" ? ["as the Python programs"] : (string[])[],
            .. report.ChannelLimit is { } channels ? [$"{channels} channels of a layer"] : (string[])[],
            .. (report.MethodOptions ?? []).Select(o => $"{o.Name}={o.Value}"),
            .. report.AugSmooth ? ["augmentation smoothing"] : (string[])[],
            .. report.EigenSmooth ? ["eigen smoothing"] : (string[])[],
        ];
        return words.Length == 0 ? "" : $" ({string.Join("; ", words)})";
    }

    private static string Input(InputReport input) =>
        $"{input.File}{(input.Key is null ? "" : $":{input.Key}")}, {input.Height} \u00d7 {input.Width}{(input.Resize is null or "keep" ? "" : $" ({input.Resize})")}{Read(input.Picture)}";

    // Where which values became black and white was a choice.
    private static string Read(PictureReport? picture) => picture is null || (picture.BitsPerSample == 8 && picture.Range != $"{picture.Black}:{picture.White}")
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $", {picture.BitsPerSample} bits, {picture.Black} to {picture.White} shown");
}

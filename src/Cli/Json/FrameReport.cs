namespace CAManim.Native.Cli.Json;

/// <summary>One module call.</summary>
internal sealed record FrameReport
{
    /// <summary>Number of the frame in the video, from 1; null for a call that was skipped.</summary>
    public required int? Frame { get; init; }

    public required string Name { get; init; }

    public required string ModuleClass { get; init; }

    public required IReadOnlyList<long>? Shape { get; init; }

    public required bool Kept { get; init; }

    public required string? SkipReason { get; init; }

    public required float? Min { get; init; }

    public required float? Max { get; init; }

    public required FrameFlags? Flags { get; init; }

    /// <summary>ROAD score; null where it was not asked for or the map has none.</summary>
    public required float? Road { get; init; }

    /// <summary>Why a map that was to be scored has no score, or null.</summary>
    public required string? RoadReason { get; init; }

    /// <summary>Scores at each percentile; null where they were not asked for.</summary>
    public required IReadOnlyList<RoadPercentile>? RoadPercentiles { get; init; }

    public required long Parameters { get; init; }

    public required double TimeMilliseconds { get; init; }
}

namespace CAManim.Native.Cli.Json;

/// <summary>What was written; null for what was not asked for.</summary>
internal sealed record RunOutputs(VideoReport? Video, string? Maps, string? Report, string? FramesFolder, string? BestLayer, string? ContactSheet, string? Fused, string? Page)
{
    /// <summary>The map of one layer over the picture.</summary>
    public string? Picture { get; init; }

    /// <summary>The map of one layer alone.</summary>
    public string? Heatmap { get; init; }
}

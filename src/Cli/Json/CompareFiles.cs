namespace CAManim.Native.Cli.Json;

/// <summary>What was written; null for what was not asked for.</summary>
internal sealed record CompareFiles(VideoReport? Video, string? Grid, string? Report, string? FramesFolder);

namespace CAManim.Native.Cli.Json;

/// <summary>A line of <c>--progress json</c>.</summary>
internal sealed record ProgressLine(string Stage, int Done, int Total, string? Item, double ElapsedMilliseconds);

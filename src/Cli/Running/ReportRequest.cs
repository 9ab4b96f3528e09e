namespace CAManim.Native.Cli.Running;

/// <summary>What <c>report</c> was asked for.</summary>
/// <param name="Results">Files of <c>run --json</c>.</param>
/// <param name="Maps">Files of <c>run --maps</c>, one for each result; empty for those that the results name.</param>
/// <param name="Image">The picture or tensor file, or null for the one that the results name.</param>
/// <param name="Output">The page.</param>
/// <param name="ColorMap">The colour map to open with.</param>
/// <param name="Alpha">Share of the colours to open with.</param>
internal sealed record ReportRequest(IReadOnlyList<string> Results, IReadOnlyList<string> Maps, string? Image, string Output, string ColorMap, float Alpha);

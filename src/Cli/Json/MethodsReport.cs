namespace CAManim.Native.Cli.Json;

/// <summary>What <c>methods --json</c> prints.</summary>
internal sealed record MethodsReport(string? Model, IReadOnlyList<string> Methods, IReadOnlyList<MethodEntry> Descriptions);

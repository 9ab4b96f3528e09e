namespace CAManim.Native.Cli.Json;

/// <summary>What <c>methods --json</c> prints.</summary>
internal sealed record MethodsReport(IReadOnlyList<string> Methods);

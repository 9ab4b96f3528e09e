using CAManim.Native.Models;

namespace CAManim.Native.Cli.Json;

/// <summary>What <c>models --json</c> prints.</summary>
internal sealed record ModelsReport(IReadOnlyList<ModelInfo> Models);

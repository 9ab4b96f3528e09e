namespace CAManim.Native.Cli.Json;

/// <summary>What is unusual about a map.</summary>
/// <param name="Constant">It has one value only and is drawn as zeros.</param>
/// <param name="NonFinite">It holds NaN or infinity, drawn as zero.</param>
internal sealed record FrameFlags(bool Constant, bool NonFinite);

namespace CAManim.Native.Cli.Json;

/// <summary>What made a result.</summary>
internal sealed record VersionReport(string Camanim, string Dotnet, string Torch, string TorchSharp, string? Libav, ProcessorSummary? Processor = null);

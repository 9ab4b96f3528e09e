namespace CAManim.Native.Cli.Json;

/// <summary>A method as <c>methods --json</c> prints it.</summary>
/// <param name="Layers">Layers of the network that have a map; null without one.</param>
/// <param name="Forwards">Estimated cost of a run over all layers in forwards of one image; null without a network.</param>
internal sealed record MethodEntry(
    string Name,
    string Formula,
    string Source,
    bool NeedsGradient,
    bool DependsOnClass,
    int ForwardsPerChannel,
    int ForwardsPerPosition,
    int ForwardsPerLayer,
    string? CompatReference,
    IReadOnlyList<MethodOptionEntry> Options,
    int? Layers,
    double? Forwards);

namespace CAManim.Native.Cli.Json;

/// <summary>A module call, in registration order; the network itself has the empty name.</summary>
internal sealed record LayerEntry(string Name, string ModuleClass, IReadOnlyList<long>? Shape, bool Kept, string? SkipReason, long Parameters);

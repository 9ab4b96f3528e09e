namespace CAManim.Native.Server.Explain;

/// <summary>A call that gave no map, and why.</summary>
internal sealed record ExplainSkip(string Name, string ModuleClass, string Reason);

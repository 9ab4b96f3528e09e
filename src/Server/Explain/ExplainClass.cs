namespace CAManim.Native.Server.Explain;

/// <summary>A class with its score.</summary>
internal sealed record ExplainClass(int Index, string Name, float? Probability);

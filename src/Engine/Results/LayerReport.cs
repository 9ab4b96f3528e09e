namespace CAManim.Native.Engine.Results;

/// <summary>What became of one module call, or of a module that was not called.</summary>
public sealed record LayerReport
{
    /// <summary>Qualified name; a module called again is <c>name#1</c>, <c>name#2</c>. The network itself has the empty name.</summary>
    public required string Name { get; init; }

    /// <summary>Class of the module.</summary>
    public required string ModuleClass { get; init; }

    /// <summary>Shape of the output, or null where there was none.</summary>
    public IReadOnlyList<long>? OutputShape { get; init; }

    /// <summary>Whether the call gave a map.</summary>
    public bool IsKept => SkipReason is null;

    /// <summary>Why the call gave no map, or null.</summary>
    public string? SkipReason { get; init; }

    /// <summary>Parameters (number of scalars) of the module, its children included.</summary>
    public required long Parameters { get; init; }

    /// <summary>Time of the module's forward call, its children and taps included.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>Index of the module in <c>named_modules()</c>.</summary>
    public int Registration { get; init; }
}

namespace CAManim.Native.Report;

/// <summary>One module call of the network, whether it gave a map or not.</summary>
public sealed record ReportCall
{
    /// <summary>Qualified name, unique; a module called again is <c>name#1</c>. The network itself has the empty name.</summary>
    public required string Name { get; init; }

    /// <summary>Class of the module.</summary>
    public required string ModuleClass { get; init; }

    /// <summary>Shape of the output, or null where there was none.</summary>
    public IReadOnlyList<long>? Shape { get; init; }

    /// <summary>Parameters (number of scalars) of the module, its children included.</summary>
    public long Parameters { get; init; }

    /// <summary>Milliseconds of the forward call, its children included.</summary>
    public double Milliseconds { get; init; }

    /// <summary>Why the call gave no map, or null.</summary>
    public string? SkipReason { get; init; }
}

using System.IO.Enumeration;

namespace CAManim.Native.Engine.Layers;

/// <summary>Which modules give frames.</summary>
public abstract record LayerSelection
{
    /// <summary>Every module, containers included.</summary>
    public static LayerSelection All { get; } = new AllSelection();

    /// <summary>Only modules without children.</summary>
    public static LayerSelection Leaves { get; } = new LeavesSelection();

    /// <summary>Modules whose qualified name matches a glob (<c>*</c> any characters, <c>?</c> one); several are separated by commas.</summary>
    public static LayerSelection Glob(string pattern) => new GlobSelection(pattern);

    /// <summary>Modules of a class, for instance <c>Conv2d</c>; globs and commas as in <see cref="Glob"/>, case does not matter.</summary>
    public static LayerSelection ModuleClass(string pattern) => new ClassSelection(pattern);

    /// <summary>Reads <c>all</c>, <c>leaves</c>, <c>class:NAME</c> or a glob over names.</summary>
    public static LayerSelection Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return text switch
        {
            "all" => All,
            "leaves" => Leaves,
            _ when text.StartsWith("class:", StringComparison.Ordinal) => ModuleClass(text["class:".Length..]),
            _ => Glob(text),
        };
    }

    internal abstract bool Selects(ModuleNode node);

    private static bool Matches(string pattern, string name, bool ignoreCase)
    {
        foreach (string part in pattern.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (FileSystemName.MatchesSimpleExpression(part, name, ignoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private sealed record AllSelection : LayerSelection
    {
        internal override bool Selects(ModuleNode node) => true;
    }

    private sealed record LeavesSelection : LayerSelection
    {
        internal override bool Selects(ModuleNode node) => node.IsLeaf;
    }

    private sealed record GlobSelection(string Pattern) : LayerSelection
    {
        internal override bool Selects(ModuleNode node) => Matches(Pattern, node.Name, ignoreCase: false);
    }

    private sealed record ClassSelection(string Pattern) : LayerSelection
    {
        internal override bool Selects(ModuleNode node) => Matches(Pattern, node.ModuleClass, ignoreCase: true);
    }
}

using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Results;

namespace CAManim.Native.Engine.Capture;

/// <summary>Names and reports of module calls.</summary>
internal static class LayerReports
{
    /// <summary>A tap whose gradient never came.</summary>
    public const string Lost = "not on the way to the score: no gradient arrived";

    /// <summary>A module that no hook fits.</summary>
    public const string Unhookable = "takes or returns something other than tensors";

    /// <summary>A module that did not run.</summary>
    public const string NotCalled = "was not called (only modules run through call() are seen)";

    /// <summary>Qualified name with the number of the call.</summary>
    public static string NameOf(ModuleNode node, int call) => call == 0 ? node.Name : $"{node.Name}#{call}";

    /// <summary>The report of a call.</summary>
    public static LayerReport Of(ModuleNode node, string name, long[]? shape, string? reason) => new()
    {
        Name = name,
        ModuleClass = node.ModuleClass,
        OutputShape = shape,
        SkipReason = reason,
        Parameters = node.Parameters,
        Registration = node.Registration,
    };
}

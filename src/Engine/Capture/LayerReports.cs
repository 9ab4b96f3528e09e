using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Results;
using CAManim.Native.Kernels.Maps;
using TorchSharp;

namespace CAManim.Native.Engine.Capture;

/// <summary>Names and reports of module calls.</summary>
internal static class LayerReports
{
    /// <summary>A tap whose gradient never came.</summary>
    public const string Lost = "not on the way to the score: no gradient arrived";

    /// <summary>A call in which the picture has no part.</summary>
    public const string Independent = "does not depend on the picture: it is computed from the network's own values alone";

    /// <summary>A module that no hook fits.</summary>
    public const string Unhookable = "takes or returns something other than tensors";

    /// <summary>A module whose call gives several things.</summary>
    public const string Tuple = "returns a tuple, not one tensor; the layers around it show what goes in and what comes of it";

    /// <summary>A module that did not run.</summary>
    public const string NotCalled = "was not called (only modules run through call() are seen)";

    /// <summary>Qualified name with the number of the call.</summary>
    public static string NameOf(ModuleNode node, int call) => call == 0 ? node.Name : $"{node.Name}#{call}";

    /// <summary>Why calls of a module give no map whatever they return, or null.</summary>
    public static string? FindSkipReason(ModuleNode node) => node.Module is IReturnsTuple ? Tuple : null;

    /// <summary>Why calls of a module that no hook fits give no map.</summary>
    /// <param name="result">What it returns.</param>
    public static string OfResult(Type result) =>
        result == typeof(torch.Tensor) ? "takes something other than one to three tensors" : $"returns {CallNotice.NameOf(result)}, not one tensor; the layers around it show what goes in and what comes of it";

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

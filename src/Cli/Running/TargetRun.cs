using System.Globalization;
using CAManim.Native.Cli.Json;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models;

namespace CAManim.Native.Cli.Running;

/// <summary>What came out for one target.</summary>
/// <param name="Asked">The target as it was asked for.</param>
/// <param name="Result">Its maps.</param>
/// <param name="Road">Their scores, or null where they were not asked for.</param>
internal sealed record TargetRun(string Asked, CamResult Result, YbRoadResult? Road = null)
{
    /// <summary>Guided backpropagation, or null where it was not asked for.</summary>
    public LayerMap? Guided { get; init; }

    /// <summary>What must be known before its maps are believed.</summary>
    public IReadOnlyList<string> Warnings(ClassNames classes, string weights)
    {
        bool isCounterfactual = Asked.StartsWith("not:", StringComparison.OrdinalIgnoreCase);
        string more = weights.StartsWith("rule:", StringComparison.Ordinal) && Result.Frames.Count > 0 && Result.Frames.All(f => f.IsConstant)
            ? $" The weights are made up ({weights})."
            : "";
        return
        [
            .. ResultWarnings.Of(Result, index => Scores.NameOf(classes, index), isCounterfactual).Select(w => w.Contains(" maps ", StringComparison.Ordinal) ? w + more : w),
            .. Road is { AreAllEqual: true } ? [string.Create(CultureInfo.InvariantCulture, $"The ROAD scores of all layers are {Road.Max:0.000}: they tell no layer from another, and none is called best.")] : (string[])[],
        ];
    }

    /// <summary>The target in words: the class, with what it was asked for as where that says more.</summary>
    public string Name(ClassNames classes) => new TargetReport(Result.ClassIndex, Scores.NameOf(classes, Result.ClassIndex), Asked).InWords();
}

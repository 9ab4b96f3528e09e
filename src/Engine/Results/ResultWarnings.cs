using System.Globalization;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Outputs;

namespace CAManim.Native.Engine.Results;

/// <summary>What a reader of maps must know before believing them: maps that show nothing, and classes that the network does not see.</summary>
public static class ResultWarnings
{
    // Of a probability: shown as 0.x percent.
    private const float Unlikely = 0.01f;

    /// <summary>One sentence each; empty where there is nothing to say.</summary>
    /// <param name="result">The maps.</param>
    /// <param name="nameOf">From a class's index to its name; null: "class 3".</param>
    /// <param name="isCounterfactual">Whether the target asks what speaks against the class; that it is not seen says nothing then.</param>
    public static IReadOnlyList<string> Of(CamResult result, Func<int, string>? nameOf = null, bool isCounterfactual = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        nameOf ??= index => $"class {index.ToString(CultureInfo.InvariantCulture)}";
        string?[] warnings = [isCounterfactual ? null : OfClass(result, nameOf), OfMaps(result), OfNumbers(result)];
        return [.. warnings.OfType<string>()];
    }

    private static string? OfClass(CamResult result, Func<int, string> nameOf)
    {
        ReadOnlySpan<float> logits = result.Logits.Span;
        if (result.ClassIndex < 0 || logits.Length == 0 || result.Activation is ScoreActivation.None || !(result.Probability < Unlikely))
        {
            return null;
        }

        int top = LogitRanking.Top(logits);
        string score = Percent(result.Probability);
        return top == result.ClassIndex
            ? $"{nameOf(top)} is {score}: the network does not see it, and the maps show what little speaks for it; not:{top} explains what speaks against it."
            : $"The network says {nameOf(top)} {Percent(ScoreActivations.At(result.Activation, logits, top))}; {nameOf(result.ClassIndex)} is {score}: the maps show what little speaks for it.";
    }

    private static string? OfMaps(CamResult result)
    {
        if (result.Frames.Count == 0 || !result.Frames.All(f => f.IsConstant))
        {
            return null;
        }

        string all = result.Frames.Count == 1 ? "The one map" : $"All {result.Frames.Count} maps";
        string verb = result.Frames.Count == 1 ? "is" : "are";
        if (result.Frames.All(f => !f.SignedMap.Span.ContainsAnyExcept(0f)))
        {
            string reason = result is { Activation: ScoreActivation.None, Probability: > 0.999f or < 0.001f }
                ? $"the score {result.Probability.ToString("0.######", CultureInfo.InvariantCulture)} is a probability at its limit, where it has no gradient; make the network return what goes into its last softmax or sigmoid"
                : "a ReLU that lets nothing through (dead, or weights that fit no picture), a target that is constant or at its limit here, or a part of the network that is computed without gradients";
            return $"{all} {verb} zero: no gradient of the target arrives. Likely: {reason}.";
        }

        return result.Frames.All(f => Highest(f) <= 0)
            ? $"{all} {verb} zero after ReLU: all that the layers show speaks against the target; its opposite (not:CLASS) explains that."
            : $"{all} {verb} of one value each, and {(result.Frames.Count == 1 ? "tells" : "tell")} no place from another.";
    }

    private static string? OfNumbers(CamResult result)
    {
        int count = result.Frames.Count(f => f.HasNonFinite);
        return count == 0 ? null : $"{count} of {result.Frames.Count} maps hold NaN or infinity, drawn as zero, '{result.Frames.First(f => f.HasNonFinite).Name}' the first: gradients there are too large or not defined.";
    }

    private static float Highest(LayerMap map)
    {
        float highest = float.NegativeInfinity;
        foreach (float value in map.SignedMap.Span)
        {
            highest = MathF.Max(highest, value);
        }

        return highest;
    }

    private static string Percent(float share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);
}

using System.Globalization;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Outputs;
using CAManim.Native.Models;

namespace CAManim.Native.Cli.Running;

/// <summary>Scores of classes, and how they are said.</summary>
internal static class Scores
{
    /// <summary>The classes with the highest logits.</summary>
    public static ClassScore[] Top(ReadOnlyMemory<float> logits, ScoreActivation activation, ClassNames names, int count)
    {
        int[] order = [.. Enumerable.Range(0, logits.Length).OrderByDescending(k => float.IsNaN(logits.Span[k]) ? float.NegativeInfinity : logits.Span[k]).Take(count)];
        return [.. order.Select(k => new ClassScore(k, NameOf(names, k), Finite.OrNull(ScoreActivations.At(activation, logits.Span, k)), Finite.OrNull(logits.Span[k])))];
    }

    public static string NameOf(ClassNames names, int index) => index < names.Count ? names[index] : $"class {index}";

    /// <summary>The classes with the highest scores on one line; null for one output, which says no more than its score.</summary>
    public static string? Sentence(IReadOnlyList<ClassScore> top, ScoreActivation activation) => top.Count < 2
        ? null
        : $"the network says: {string.Join(", ", top.Select(t => $"{t.Name} {Text(t.Probability, activation)}"))}";

    /// <summary>A score in captions: in percent, or as it is where it is no probability; empty for NaN.</summary>
    public static string Text(CamResult result) => Text(result.Probability, result.Activation);

    /// <summary>The same of a number.</summary>
    public static string Text(float? score, ScoreActivation activation) => score is not { } value || float.IsNaN(value)
        ? ""
        : value.ToString(activation == ScoreActivation.None ? "0.###" : "0.0 %", CultureInfo.InvariantCulture);

    /// <summary>A score that a caption can show in percent; NaN where it is no probability.</summary>
    public static float Share(CamResult result) => result.Activation == ScoreActivation.None ? float.NaN : result.Probability;

    /// <summary>A target with what a caption does not say of its score in percent.</summary>
    public static string WithNumber(string target, CamResult result) => result.Activation == ScoreActivation.None ? $"{target}  {Text(result)}" : target;

    /// <summary>What was chosen, and why, on one line; null where that is a softmax or was asked for.</summary>
    public static string? Explain(ScoreActivation activation, string? reason) => reason is null
        ? null
        : $"scores by {(activation == ScoreActivation.None ? "none" : Choice.NameOf(activation))}: {reason} (--activation says otherwise)";
}

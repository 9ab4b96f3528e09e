using CAManim.Native.Cli.Json;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Models;

namespace CAManim.Native.Cli.Running;

/// <summary>The classes with the highest logits.</summary>
internal static class Scores
{
    public static ClassScore[] Top(ReadOnlyMemory<float> logits, ClassNames names, int count)
    {
        int[] order = [.. Enumerable.Range(0, logits.Length).OrderByDescending(k => float.IsNaN(logits.Span[k]) ? float.NegativeInfinity : logits.Span[k]).Take(count)];
        return [.. order.Select(k => new ClassScore(k, NameOf(names, k), Finite.OrNull(Softmax.At(logits.Span, k)), Finite.OrNull(logits.Span[k])))];
    }

    public static string NameOf(ClassNames names, int index) => index < names.Count ? names[index] : $"class {index}";
}

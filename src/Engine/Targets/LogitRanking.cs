namespace CAManim.Native.Engine.Targets;

/// <summary>Orders classes by their logits; the lower index first among equals, NaN last.</summary>
internal static class LogitRanking
{
    /// <summary>Index of the largest logit.</summary>
    public static int Top(ReadOnlySpan<float> logits)
    {
        int best = 0;
        for (int k = 1; k < logits.Length; k++)
        {
            best = logits[k] > logits[best] || (float.IsNaN(logits[best]) && !float.IsNaN(logits[k])) ? k : best;
        }

        return best;
    }

    /// <summary>The indices of the <paramref name="count"/> largest logits, largest first.</summary>
    public static int[] Largest(ReadOnlySpan<float> logits, int count)
    {
        float[] values = logits.ToArray();
        return [.. Enumerable.Range(0, values.Length).OrderByDescending(k => float.IsNaN(values[k]) ? float.NegativeInfinity : values[k]).Take(count)];
    }

    /// <summary>The indices of the <paramref name="count"/> other classes whose logits are nearest to that of <paramref name="index"/>, nearest first.</summary>
    public static int[] Nearest(ReadOnlySpan<float> logits, int index, int count)
    {
        float[] values = logits.ToArray();
        return
        [
            .. Enumerable.Range(0, values.Length)
                .Where(k => k != index)
                .OrderBy(k => float.IsNaN(values[k]) ? float.PositiveInfinity : MathF.Abs(values[k] - values[index]))
                .Take(count),
        ];
    }
}

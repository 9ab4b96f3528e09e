namespace CAManim.Native.Engine.Targets;

/// <summary>Softmax of logits, in float64.</summary>
public static class Softmax
{
    /// <summary>exp(x_i) / sum exp(x) at <paramref name="index"/>; NaN where a logit is NaN.</summary>
    /// <param name="logits">[K].</param>
    /// <param name="index">0 to K-1.</param>
    public static float At(ReadOnlySpan<float> logits, int index)
    {
        // Shifted by the largest logit, so that nothing overflows.
        float largest = float.NegativeInfinity;
        foreach (float logit in logits)
        {
            largest = MathF.Max(largest, logit);
        }

        double sum = 0;
        foreach (float logit in logits)
        {
            sum += Math.Exp(logit - largest);
        }

        return (float)(Math.Exp(logits[index] - largest) / sum);
    }
}

namespace CAManim.Native.Engine.Methods.Components;

/// <summary>A principal component has no sign of its own: these rules give it one.</summary>
internal static class ComponentSign
{
    /// <summary>Positive correlation with the mean magnitude of the channels: what is bright is where something is.</summary>
    /// <param name="projection">[n], turned over where its covariance with <paramref name="strength"/> is negative.</param>
    /// <param name="strength">[n]. Where the covariance is 0, the largest magnitude becomes positive.</param>
    public static void FollowStrength(Span<float> projection, ReadOnlySpan<float> strength)
    {
        double mean = Vectors.Sum(projection) / projection.Length;
        double covariance = 0;
        for (int i = 0; i < projection.Length; i++)
        {
            covariance += (projection[i] - mean) * strength[i];
        }

        if (covariance < 0)
        {
            Turn(projection);
        }
        else if (covariance == 0)
        {
            LargestPositive(projection);
        }
    }

    /// <summary>The largest magnitude becomes positive: Seg-Eigen-CAM's eq. 13, and the rule of scikit-learn's kernel PCA.</summary>
    public static void LargestPositive(Span<float> projection)
    {
        float best = 0;
        foreach (float value in projection)
        {
            best = MathF.Abs(value) > MathF.Abs(best) ? value : best;
        }

        if (best < 0)
        {
            Turn(projection);
        }
    }

    private static void Turn(Span<float> projection)
    {
        foreach (ref float value in projection)
        {
            value = -value;
        }
    }
}

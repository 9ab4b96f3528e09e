namespace CAManim.Native.Engine.Perturbation;

/// <summary>Which channels a perturbation method looks at.</summary>
internal static class ChannelChoice
{
    /// <summary>All channels, or the <paramref name="limit"/> with the largest sum of squares, the lower index first among equals; in ascending order.</summary>
    /// <param name="activation">A [C,n].</param>
    /// <param name="channels">C.</param>
    /// <param name="limit">Null for all.</param>
    public static int[] Choose(ReadOnlySpan<float> activation, int channels, int? limit)
    {
        if (limit is not { } most || most >= channels)
        {
            return [.. Enumerable.Range(0, channels)];
        }

        int n = activation.Length / channels;
        double[] energies = new double[channels];
        for (int k = 0; k < channels; k++)
        {
            foreach (float value in activation.Slice(k * n, n))
            {
                energies[k] += (double)value * value;
            }
        }

        return [.. Enumerable.Range(0, channels).OrderByDescending(k => energies[k]).Take(most).Order()];
    }
}

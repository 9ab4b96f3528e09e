namespace CAManim.Native.Kernels.Pictures;

/// <summary>For each of a run of new positions which pixels count how much: the filter, widened by the factor that the picture shrinks.</summary>
internal sealed class PictureTaps
{
    /// <param name="length">Pixels there are.</param>
    /// <param name="scaled">Pixels there would be after scaling; only those asked for are looked at.</param>
    /// <param name="start">The first that is asked for.</param>
    /// <param name="count">How many are.</param>
    /// <param name="filter">The weights.</param>
    public PictureTaps(int length, long scaled, long start, int count, PictureFilter filter)
    {
        double scale = length / (double)scaled;
        double widening = Math.Max(scale, 1);
        double support = (filter == PictureFilter.Bilinear ? 1 : 2) * widening;
        (First, Count, Weights) = (new int[count], new int[count], new double[count][]);
        for (int i = 0; i < count; i++)
        {
            // The casts cut as PIL's do, below zero too.
            double centre = (start + i + 0.5) * scale;
            int first = Math.Max((int)(centre - support + 0.5), 0);
            int last = (int)Math.Min((long)(centre + support + 0.5), length);
            double[] weights = new double[last - first];
            double sum = 0;
            for (int k = 0; k < weights.Length; k++)
            {
                weights[k] = Weight((k + first - centre + 0.5) * (1 / widening), filter);
                sum += weights[k];
            }

            for (int k = 0; k < weights.Length && sum != 0; k++)
            {
                weights[k] /= sum;
            }

            (First[i], Count[i], Weights[i]) = (first, weights.Length, weights);
        }
    }

    /// <summary>The first pixel of each.</summary>
    public int[] First { get; }

    /// <summary>How many pixels each takes.</summary>
    public int[] Count { get; }

    /// <summary>Their weights, which sum up to 1.</summary>
    public double[][] Weights { get; }

    /// <summary>The first pixel that any takes.</summary>
    public int Start => First.Min();

    /// <summary>The pixel behind the last that any takes.</summary>
    public int End => First.Zip(Count, (first, count) => first + count).Max();

    private static double Weight(double x, PictureFilter filter)
    {
        const double A = -0.5;
        x = Math.Abs(x);
        return filter == PictureFilter.Bilinear
            ? Math.Max(1 - x, 0)
            : x < 1 ? (((((A + 2) * x) - (A + 3)) * x * x) + 1)
            : x < 2 ? (((((x - 5) * x) + 8) * x) - 4) * A
            : 0;
    }
}

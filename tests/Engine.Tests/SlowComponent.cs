namespace CAManim.Native.Engine.Tests;

/// <summary>The first principal component in float64, by power iterations of the centred channels.</summary>
internal static class SlowComponent
{
    /// <summary>The projection [n] of x [C,n]; its sign is that of the iteration.</summary>
    public static float[] Project(double[] values, int channels, int positions)
    {
        double[][] x = [.. Enumerable.Range(0, channels).Select(k => values.AsSpan(k * positions, positions).ToArray())];
        foreach (double[] row in x)
        {
            double mean = row.Average();
            for (int i = 0; i < positions; i++)
            {
                row[i] -= mean;
            }
        }

        double[] v = [.. x.Select(row => Math.Sqrt(row.Sum(e => e * e)))];
        double[] p = new double[positions];
        for (int round = 0; round < 3000; round++)
        {
            for (int i = 0; i < positions; i++)
            {
                p[i] = 0;
                for (int k = 0; k < channels; k++)
                {
                    p[i] += v[k] * x[k][i];
                }
            }

            double[] next = [.. x.Select(row => row.Zip(p, (e, f) => e * f).Sum())];
            double length = Math.Sqrt(next.Sum(e => e * e));
            if (length == 0)
            {
                break;
            }

            v = [.. next.Select(e => e / length)];
        }

        return [.. p.Select(e => (float)e)];
    }

    /// <summary>The same, turned so that its covariance with the channels' mean magnitude is positive.</summary>
    public static float[] ProjectWithSign(double[] values, int channels, int positions)
    {
        float[] p = Project(values, channels, positions);
        double mean = p.Average(e => (double)e);
        double covariance = p.Select((e, i) => (e - mean) * Enumerable.Range(0, channels).Average(k => Math.Abs(values[(k * positions) + i]))).Sum();
        return covariance < 0 ? [.. p.Select(e => -e)] : p;
    }
}

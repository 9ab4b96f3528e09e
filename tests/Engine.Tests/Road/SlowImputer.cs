using CAManim.Native.Engine.Road;

namespace CAManim.Native.Engine.Tests.Road;

/// <summary>Linear imputation from its definition: Jacobi-preconditioned conjugate gradients in float64, until the residual is rounding noise.</summary>
internal sealed class SlowImputer : IImputer
{
    private const double Tolerance = 1e-12;

    private int _calls;

    /// <summary>How often it was asked.</summary>
    public int Calls => _calls;

    public void Impute(ReadOnlySpan<float> image, ReadOnlySpan<byte> removed, int channels, int height, int width, Span<float> result)
    {
        Interlocked.Increment(ref _calls);
        image.CopyTo(result);
        (int Position, double Weight)[][] neighbours = [.. Enumerable.Range(0, removed.Length).Select(i => Neighbours(i, height, width))];
        double[] diagonal = [.. neighbours.Select(n => n.Sum(k => k.Weight))];

        for (int c = 0; c < channels; c++)
        {
            Span<float> plane = result.Slice(c * removed.Length, removed.Length);
            Solve(plane, removed.ToArray(), diagonal, neighbours);
        }
    }

    // Sum over the neighbours of weight (x - x_neighbour) = 0 at every removed pixel; dropping outside neighbours leaves it symmetric.
    private static void Solve(Span<float> plane, byte[] removed, double[] diagonal, (int Position, double Weight)[][] neighbours)
    {
        double[] x = new double[plane.Length];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = removed[i] != 0 ? 0 : plane[i];
        }

        double[] r = Apply(x, removed, diagonal, neighbours);
        for (int i = 0; i < r.Length; i++)
        {
            r[i] = -r[i];
        }

        double[] z = new double[r.Length];
        double[] p = new double[r.Length];
        double rz = 0;
        for (int i = 0; i < r.Length; i++)
        {
            p[i] = z[i] = r[i] / diagonal[i];
            rz += r[i] * z[i];
        }

        double first = rz;
        while (rz > Tolerance * Tolerance * first && rz > 0)
        {
            double[] ap = Apply(p, removed, diagonal, neighbours);
            double alpha = rz / Dot(p, ap);
            double next = 0;
            for (int i = 0; i < x.Length; i++)
            {
                x[i] += alpha * p[i];
                r[i] -= alpha * ap[i];
                z[i] = r[i] / diagonal[i];
                next += r[i] * z[i];
            }

            for (int i = 0; i < p.Length; i++)
            {
                p[i] = z[i] + (next / rz * p[i]);
            }

            rz = next;
        }

        for (int i = 0; i < x.Length; i++)
        {
            plane[i] = removed[i] != 0 ? (float)x[i] : plane[i];
        }
    }

    private static double[] Apply(double[] x, byte[] removed, double[] diagonal, (int Position, double Weight)[][] neighbours)
    {
        double[] result = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            if (removed[i] != 0)
            {
                double sum = diagonal[i] * x[i];
                foreach ((int k, double weight) in neighbours[i])
                {
                    sum -= weight * x[k];
                }

                result[i] = sum;
            }
        }

        return result;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static (int Position, double Weight)[] Neighbours(int position, int height, int width)
    {
        List<(int, double)> found = new(8);
        (int y, int x) = (position / width, position % width);
        for (int dy = -1; dy <= 1; dy++)
        {
            for (int dx = -1; dx <= 1; dx++)
            {
                if ((dy != 0 || dx != 0) && (uint)(y + dy) < (uint)height && (uint)(x + dx) < (uint)width)
                {
                    found.Add((position + (dy * width) + dx, dy == 0 || dx == 0 ? 1.0 / 6 : 1.0 / 12));
                }
            }
        }

        return [.. found];
    }
}

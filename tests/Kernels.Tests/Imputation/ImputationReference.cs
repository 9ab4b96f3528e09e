namespace CAManim.Native.Kernels.Tests.Imputation;

/// <summary>Conjugate gradients in float64 on the removed pixels, straight from the definition.</summary>
internal static class ImputationReference
{
    public static float[] Solve(float[] image, byte[] removed, int channels, int height, int width)
    {
        float[] result = [.. image];
        int[] unknowns = [.. Enumerable.Range(0, removed.Length).Where(i => removed[i] != 0)];
        for (int channel = 0; channel < channels; channel++)
        {
            int from = channel * removed.Length;
            double[] x = new double[removed.Length];
            double[] known = new double[removed.Length];
            double mean = 0;
            for (int i = 0; i < removed.Length; i++)
            {
                known[i] = removed[i] == 0 ? image[from + i] : 0;
                mean += known[i];
            }

            mean /= removed.Length - unknowns.Length;
            foreach (int i in unknowns)
            {
                x[i] = mean;
            }

            Iterate(x, known, removed, unknowns, height, width);
            foreach (int i in unknowns)
            {
                result[from + i] = (float)x[i];
            }
        }

        return result;
    }

    private static void Iterate(double[] x, double[] known, byte[] removed, int[] unknowns, int height, int width)
    {
        double[] full = [.. x.Zip(known, (a, b) => a + b)];
        double[] residual = new double[x.Length];
        double[] applied = new double[x.Length];
        Apply(full, applied, unknowns, height, width);
        double[] direction = new double[x.Length];
        double norm = 0;
        foreach (int i in unknowns)
        {
            residual[i] = -applied[i];
            direction[i] = residual[i];
            norm += residual[i] * residual[i];
        }

        double start = norm;
        for (int step = 0; step < 20 * removed.Length && norm > 1e-26 * start && norm > 1e-28; step++)
        {
            Apply(direction, applied, unknowns, height, width);
            double curvature = unknowns.Sum(i => direction[i] * applied[i]);
            double length = norm / curvature;
            double next = 0;
            foreach (int i in unknowns)
            {
                x[i] += length * direction[i];
                residual[i] -= length * applied[i];
                next += residual[i] * residual[i];
            }

            foreach (int i in unknowns)
            {
                direction[i] = residual[i] + (next / norm * direction[i]);
            }

            norm = next;
        }
    }

    // Sum over the neighbours inside of w (x_i - x_j), w = 2 beside and 1 diagonal.
    private static void Apply(double[] x, double[] result, int[] unknowns, int height, int width)
    {
        foreach (int i in unknowns)
        {
            (int y, int column) = Math.DivRem(i, width);
            double sum = 0;
            for (int dy = -1; dy <= 1; dy++)
            {
                for (int dx = -1; dx <= 1; dx++)
                {
                    if ((dy != 0 || dx != 0) && y + dy >= 0 && y + dy < height && column + dx >= 0 && column + dx < width)
                    {
                        sum += (dy == 0 || dx == 0 ? 2 : 1) * (x[i] - x[i + (dy * width) + dx]);
                    }
                }
            }

            result[i] = sum;
        }
    }
}

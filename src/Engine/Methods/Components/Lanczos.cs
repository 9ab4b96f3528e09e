namespace CAManim.Native.Engine.Methods.Components;

/// <summary>The eigenvector of the largest eigenvalue of a symmetric matrix, by restarted Lanczos iterations.</summary>
/// <remarks>
/// Each step costs one product with the matrix; every new vector is made orthogonal to all before it, twice, since float32 would
/// otherwise bring the found directions back. Deterministic: the start is a function of the matrix.
/// </remarks>
internal static class Lanczos
{
    private const int MostSteps = 32;
    private const int MostRestarts = 24;

    // Of the largest eigenvalue: below this the product with a float32 matrix is rounding.
    private const double Tolerance = 2e-7;

    /// <summary>Finds the pair of the (algebraically) largest eigenvalue.</summary>
    /// <param name="matrix">[m,m], symmetric, finite.</param>
    /// <param name="vector">[m]: the eigenvector, of length 1; zeros where the matrix is zero.</param>
    /// <returns>The eigenvalue.</returns>
    public static double FindLargest(ReadOnlySpan<float> matrix, Span<float> vector)
    {
        int m = vector.Length;
        Start(matrix, vector);
        int most = Math.Min(m, MostSteps);
        float[] basis = new float[(most + 1) * m];
        double[] diagonal = new double[most];
        double[] beside = new double[most];
        double eigenvalue = 0;
        for (int restart = 0; restart < MostRestarts; restart++)
        {
            vector.CopyTo(basis);
            int steps = 0;
            double residual = 0;
            while (steps < most)
            {
                residual = Step(matrix, basis, m, steps, diagonal, beside);
                steps++;
                if (!(residual > Tolerance * Math.Abs(diagonal[0])))
                {
                    break;
                }
            }

            double[] combination = Tridiagonal.FindLargest(diagonal.AsSpan(0, steps), beside.AsSpan(0, steps - 1), out eigenvalue);
            vector.Clear();
            for (int j = 0; j < steps; j++)
            {
                Vectors.AddScaled(vector, basis.AsSpan(j * m, m), (float)combination[j]);
            }

            double length = Math.Sqrt(Vectors.Dot(vector, vector));
            if (!(length > 0))
            {
                return 0;
            }

            Vectors.Scale(vector, (float)(1 / length));
            if (!(residual * Math.Abs(combination[steps - 1]) > Tolerance * Math.Abs(eigenvalue)) || steps == m)
            {
                break;
            }
        }

        return eigenvalue;
    }

    /// <summary>The next vector of the basis; returns its length before it was scaled to 1.</summary>
    private static double Step(ReadOnlySpan<float> matrix, Span<float> basis, int m, int j, Span<double> diagonal, Span<double> beside)
    {
        ReadOnlySpan<float> current = basis.Slice(j * m, m);
        Span<float> next = basis.Slice((j + 1) * m, m);
        for (int i = 0; i < m; i++)
        {
            next[i] = Vectors.Dot(matrix.Slice(i * m, m), current);
        }

        diagonal[j] = Vectors.Dot(next, current);
        for (int pass = 0; pass < 2; pass++)
        {
            for (int before = 0; before <= j; before++)
            {
                ReadOnlySpan<float> known = basis.Slice(before * m, m);
                Vectors.AddScaled(next, known, -Vectors.Dot(next, known));
            }
        }

        double length = Math.Sqrt(Vectors.Dot(next, next));
        beside[j] = length;
        if (length > 0)
        {
            Vectors.Scale(next, (float)(1 / length));
        }

        return length;
    }

    // The diagonal has a share in every direction that matters; the ripple keeps symmetric matrices from hiding one.
    private static void Start(ReadOnlySpan<float> matrix, Span<float> vector)
    {
        int m = vector.Length;
        float largest = 0;
        for (int i = 0; i < m; i++)
        {
            largest = MathF.Max(largest, MathF.Abs(matrix[(i * m) + i]));
        }

        for (int i = 0; i < m; i++)
        {
            uint hash = (uint)(i + 1) * 2654435769u;
            vector[i] = (largest > 0 ? matrix[(i * m) + i] / largest : 0) + (((hash >> 8) * (1f / (1 << 24))) - 0.5f);
        }

        Vectors.Scale(vector, 1 / MathF.Sqrt(Vectors.Dot(vector, vector)));
    }
}

namespace CAManim.Native.Engine.Methods.Components;

/// <summary>The eigenvector of the largest eigenvalue of a symmetric matrix, by restarted Lanczos iterations.</summary>
/// <remarks>
/// Each step costs one product with the matrix, which need not exist as such; every new vector is made orthogonal to all before it, twice, since float32 would
/// otherwise bring the found directions back. Deterministic: the start is a function of the matrix.
/// </remarks>
internal static class Lanczos
{
    private const int MostSteps = 32;
    private const int MostRestarts = 24;

    // Steps between two looks at the eigenvalue, which cost little beside a product with a large matrix.
    private const int StepsOfLook = 4;

    // Of the largest eigenvalue: below this the product with a float32 matrix is rounding.
    private const double Tolerance = 2e-7;

    /// <summary>Finds the pair of the (algebraically) largest eigenvalue.</summary>
    /// <param name="matrix">[m,m], finite.</param>
    /// <param name="vector">[m]: the eigenvector, of length 1; zeros where the matrix is zero.</param>
    /// <returns>The eigenvalue; NaN, and so the vector, where an element of the diagonal is not finite.</returns>
    public static double FindLargest<TMatrix>(scoped in TMatrix matrix, Span<float> vector)
        where TMatrix : struct, ISymmetricMatrix, allows ref struct
    {
        int m = vector.Length;
        if (!Start(matrix, vector))
        {
            vector.Fill(float.NaN);
            return double.NaN;
        }

        int most = Math.Min(m, MostSteps);
        float[] basis = new float[(most + 1) * m];
        double[] diagonal = new double[most];
        double[] beside = new double[most];
        double eigenvalue = 0;
        for (int restart = 0; restart < MostRestarts; restart++)
        {
            vector.CopyTo(basis);
            int steps = 0;
            double[] combination = [];
            bool isFound = false;
            while (steps < most && !isFound)
            {
                double residual = Step(matrix, basis, m, steps, diagonal, beside);
                steps++;
                bool isExhausted = !(residual > Tolerance * Math.Abs(diagonal[0]));
                if (isExhausted || steps == most || steps % StepsOfLook == 0)
                {
                    combination = Tridiagonal.FindLargest(diagonal.AsSpan(0, steps), beside.AsSpan(0, steps - 1), out eigenvalue);
                    isFound = isExhausted || !(residual * Math.Abs(combination[steps - 1]) > Tolerance * Math.Abs(eigenvalue));
                }
            }

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
            if (isFound || steps == m)
            {
                break;
            }
        }

        return eigenvalue;
    }

    /// <summary>The next vector of the basis; returns its length before it was scaled to 1.</summary>
    private static double Step<TMatrix>(scoped in TMatrix matrix, Span<float> basis, int m, int j, Span<double> diagonal, Span<double> beside)
        where TMatrix : struct, ISymmetricMatrix, allows ref struct
    {
        ReadOnlySpan<float> current = basis.Slice(j * m, m);
        Span<float> next = basis.Slice((j + 1) * m, m);
        matrix.Multiply(current, next);
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
    private static bool Start<TMatrix>(scoped in TMatrix matrix, Span<float> vector)
        where TMatrix : struct, ISymmetricMatrix, allows ref struct
    {
        matrix.WriteDiagonal(vector);
        float largest = 0;
        foreach (float value in vector)
        {
            // MathF.Max hands NaN on.
            largest = MathF.Max(largest, MathF.Abs(value));
        }

        if (!float.IsFinite(largest))
        {
            return false;
        }

        for (int i = 0; i < vector.Length; i++)
        {
            uint hash = (uint)(i + 1) * 2654435769u;
            vector[i] = (largest > 0 ? vector[i] / largest : 0) + (((hash >> 8) * (1f / (1 << 24))) - 0.5f);
        }

        Vectors.Scale(vector, 1 / MathF.Sqrt(Vectors.Dot(vector, vector)));
        return true;
    }
}

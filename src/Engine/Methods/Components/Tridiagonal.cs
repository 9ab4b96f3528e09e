namespace CAManim.Native.Engine.Methods.Components;

/// <summary>The largest eigenvalue of a small symmetric tridiagonal matrix and its eigenvector, in float64.</summary>
internal static class Tridiagonal
{
    private const int Halvings = 120;

    /// <param name="diagonal">[s], s at least 1.</param>
    /// <param name="beside">[s-1], the elements beside the diagonal.</param>
    /// <param name="eigenvalue">The largest.</param>
    /// <returns>[s], of length 1.</returns>
    public static double[] FindLargest(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> beside, out double eigenvalue)
    {
        // Gershgorin's discs hold every eigenvalue; how many lie above a value is the number of positive pivots of T - value.
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int i = 0; i < diagonal.Length; i++)
        {
            double radius = (i > 0 ? Math.Abs(beside[i - 1]) : 0) + (i < beside.Length ? Math.Abs(beside[i]) : 0);
            low = Math.Min(low, diagonal[i] - radius);
            high = Math.Max(high, diagonal[i] + radius);
        }

        double scale = Math.Max(Math.Abs(low), Math.Abs(high));
        for (int halving = 0; halving < Halvings && high - low > scale * 1e-16; halving++)
        {
            double middle = low + ((high - low) / 2);
            if (HasEigenvalueAbove(diagonal, beside, middle, scale))
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        eigenvalue = high;
        return FindVector(diagonal, beside, eigenvalue, scale);
    }

    private static bool HasEigenvalueAbove(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> beside, double value, double scale)
    {
        double pivot = 1;
        for (int i = 0; i < diagonal.Length; i++)
        {
            double square = i == 0 ? 0 : beside[i - 1] * beside[i - 1];
            pivot = diagonal[i] - value - (square / pivot);
            if (pivot > 0)
            {
                return true;
            }

            pivot = Math.Min(pivot, -scale * 1e-300);
            pivot = pivot == 0 ? -double.Epsilon : pivot;
        }

        return false;
    }

    // Inverse iterations, the matrix shifted by a hair above the eigenvalue, so that all pivots are negative and need no exchange.
    private static double[] FindVector(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> beside, double eigenvalue, double scale)
    {
        int s = diagonal.Length;
        double[] vector = new double[s];
        Array.Fill(vector, 1 / Math.Sqrt(s));
        double shift = eigenvalue + (scale * 1e-14);
        double[] pivots = new double[s];
        for (int i = 0; i < s; i++)
        {
            pivots[i] = diagonal[i] - shift - (i == 0 ? 0 : beside[i - 1] * beside[i - 1] / pivots[i - 1]);
            pivots[i] = pivots[i] == 0 ? -double.Epsilon : pivots[i];
        }

        if (scale == 0)
        {
            return vector;
        }

        for (int round = 0; round < 3; round++)
        {
            for (int i = 1; i < s; i++)
            {
                vector[i] -= beside[i - 1] / pivots[i - 1] * vector[i - 1];
            }

            vector[s - 1] /= pivots[s - 1];
            for (int i = s - 2; i >= 0; i--)
            {
                vector[i] = (vector[i] - (beside[i] * vector[i + 1])) / pivots[i];
            }

            double largest = vector.Max(Math.Abs);
            double length = 0;
            for (int i = 0; i < s; i++)
            {
                vector[i] /= largest;
                length += vector[i] * vector[i];
            }

            for (int i = 0; i < s; i++)
            {
                vector[i] /= Math.Sqrt(length);
            }
        }

        return vector;
    }
}

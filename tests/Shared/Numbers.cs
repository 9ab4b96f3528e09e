namespace CAManim.Native.Tests;

/// <summary>The one comparer of all tests: |a-b| &lt;= atol + rtol |reference|, NaN must match NaN, the worst element is reported.</summary>
public static class Numbers
{
    public static void AssertClose(ReadOnlySpan<float> actual, ReadOnlySpan<float> reference, double absolute, double relative, string what = "values")
    {
        string? fault = FindFault(actual, reference, absolute, relative, what);
        if (fault is not null)
        {
            Assert.Fail(fault);
        }
    }

    /// <summary>Returns null where all elements are close, else a sentence about the worst.</summary>
    public static string? FindFault(ReadOnlySpan<float> actual, ReadOnlySpan<float> reference, double absolute, double relative, string what = "values")
    {
        if (actual.Length != reference.Length)
        {
            return $"{what}: {actual.Length} elements, reference has {reference.Length}.";
        }

        int worst = -1;
        int faults = 0;
        double worstExcess = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            double excess = Excess(actual[i], reference[i], absolute, relative);
            faults += excess > 0 ? 1 : 0;
            if (excess > worstExcess)
            {
                (worst, worstExcess) = (i, excess);
            }
        }

        return worst < 0 ? null : $"{what}: {faults} of {actual.Length} elements differ, worst at {worst}: {actual[worst]:R}, reference {reference[worst]:R} (atol {absolute}, rtol {relative}).";
    }

    /// <summary>|a-b| / |b| in the Euclidean norm, in float64.</summary>
    public static double RelativeL2(ReadOnlySpan<float> actual, ReadOnlySpan<float> reference)
    {
        Assert.Equal(reference.Length, actual.Length);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            double d = (double)actual[i] - reference[i];
            difference += d * d;
            norm += (double)reference[i] * reference[i];
        }

        return norm == 0 ? (difference == 0 ? 0 : double.PositiveInfinity) : Math.Sqrt(difference / norm);
    }

    private static double Excess(float actual, float reference, double absolute, double relative)
    {
        if (float.IsNaN(actual) || float.IsNaN(reference))
        {
            return float.IsNaN(actual) && float.IsNaN(reference) ? 0 : double.PositiveInfinity;
        }

        if (actual == reference)
        {
            return 0;
        }

        double difference = Math.Abs((double)actual - reference);
        return double.IsFinite(difference) ? Math.Max(0, difference - absolute - (relative * Math.Abs((double)reference))) : double.PositiveInfinity;
    }
}

namespace CAManim.Native.Perf.Gpu.Cases;

/// <summary>Seeded values and their comparison.</summary>
internal static class Values
{
    public static float[] Uniform(int count, int seed)
    {
        Random random = new(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (random.NextSingle() * 2) - 1;
        }

        return values;
    }

    /// <summary>Null where |a - b| is within the tolerance everywhere, else the worst place.</summary>
    public static string? FindFault(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, double tolerance)
    {
        int worst = -1;
        double largest = tolerance;
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs((double)actual[i] - expected[i]);
            if (difference > largest || double.IsNaN(difference) != float.IsNaN(expected[i]))
            {
                (worst, largest) = (i, difference);
            }
        }

        return worst < 0 ? null : $"WRONG at {worst}: {actual[worst]}, scalar {expected[worst]}, tolerance {tolerance:E1}";
    }
}

namespace CAManim.Native.Engine.Road.Series;

/// <summary>Mean, deviation and moving average of a series.</summary>
internal static class SeriesNumbers
{
    /// <summary>Sample standard deviation, in float64; null with fewer than two values.</summary>
    public static float? Deviation(IReadOnlyList<float> values)
    {
        if (values.Count < 2)
        {
            return null;
        }

        double mean = 0;
        for (int i = 0; i < values.Count; i++)
        {
            mean += values[i];
        }

        mean /= values.Count;
        double squares = 0;
        for (int i = 0; i < values.Count; i++)
        {
            squares += (values[i] - mean) * (values[i] - mean);
        }

        return (float)Math.Sqrt(squares / (values.Count - 1));
    }

    /// <summary>Mean of the values present, or null.</summary>
    public static float? Mean(IEnumerable<float?> values)
    {
        double[] present = [.. values.Where(v => v is not null).Select(v => (double)v!.Value)];
        return present.Length == 0 ? null : (float)present.Average();
    }

    /// <summary>Each value's mean with its neighbours in a window centred on it, cut at the ends; missing values are left out and stay missing.</summary>
    public static float?[] Smooth(IReadOnlyList<float?> values, int window)
    {
        float?[] smooth = new float?[values.Count];
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i] is not null)
            {
                int start = Math.Max(0, i - (window / 2));
                int end = Math.Min(values.Count, i + (window / 2) + 1);
                smooth[i] = Mean(Enumerable.Range(start, end - start).Select(k => values[k]));
            }
        }

        return smooth;
    }
}

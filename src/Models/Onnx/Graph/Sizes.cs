namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>Shapes in numbers and words.</summary>
internal static class Sizes
{
    /// <summary>No network has more dimensions; libtorch ends the process or takes quadratic time beyond some.</summary>
    public const int MostDimensions = 16;

    /// <summary>Number of elements, or -1 where there are more than a long counts.</summary>
    public static long Count(ReadOnlySpan<long> shape)
    {
        long count = 1;
        foreach (long extent in shape)
        {
            if (extent > 0 && count > long.MaxValue / extent)
            {
                return -1;
            }

            count *= extent;
        }

        return count;
    }

    /// <summary>The numbers with commas, not more than a reader wants.</summary>
    public static string Show(IReadOnlyCollection<long> numbers) =>
        string.Join(',', numbers.Take(MostDimensions)) + (numbers.Count > MostDimensions ? $",... ({numbers.Count} numbers)" : "");
}

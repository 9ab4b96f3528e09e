namespace CAManim.Native.Kernels.Tests.Resize;

/// <summary>The definition in float64, one pixel at a time.</summary>
internal static class ResizeReference
{
    public static float[] Resize(ReadOnlySpan<float> source, int height, int width, int targetHeight, int targetWidth)
    {
        float[] target = new float[targetHeight * targetWidth];
        for (int y = 0; y < targetHeight; y++)
        {
            (int upper, int lower, double down) = Place(y, targetHeight, height);
            for (int x = 0; x < targetWidth; x++)
            {
                (int left, int right, double across) = Place(x, targetWidth, width);
                double top = ((1 - across) * source[(upper * width) + left]) + (across * source[(upper * width) + right]);
                double bottom = ((1 - across) * source[(lower * width) + left]) + (across * source[(lower * width) + right]);
                target[(y * targetWidth) + x] = (float)(((1 - down) * top) + (down * bottom));
            }
        }

        return target;
    }

    private static (int First, int Second, double Share) Place(int position, int target, int source)
    {
        double centre = ((position + 0.5) * source / target) - 0.5;
        double floor = Math.Floor(centre);
        return ((int)Math.Clamp(floor, 0, source - 1), (int)Math.Clamp(floor + 1, 0, source - 1), centre - floor);
    }
}

namespace CAManim.Native.Kernels.Tests.Imputation;

/// <summary>Masks of every kind, 1 = removed.</summary>
internal static class Masks
{
    public static IEnumerable<(string Name, byte[] Mask)> All(int height, int width)
    {
        yield return ("noise 20", Noise(height, width, 0.2, 1));
        yield return ("noise 50", Noise(height, width, 0.5, 2));
        yield return ("noise 80", Noise(height, width, 0.8, 3));
        yield return ("noise 99", Keep(Noise(height, width, 0.99, 4), 0));
        yield return ("first pixel known", Known(height, width, 0, 0));
        yield return ("last pixel known", Known(height, width, height - 1, width - 1));
        yield return ("middle pixel known", Known(height, width, height / 2, width / 2));
        yield return ("one pixel removed", Make(height, width, (y, x) => y == height / 3 && x == width / 2));
        yield return ("islands", Make(height, width, (y, x) => y % 7 < 5 && x % 6 < 4));
        yield return ("borders removed", Make(height, width, (y, x) => y < 3 || x < 2 || y >= height - 2 || x >= width - 3));
        yield return ("frame known", Make(height, width, (y, x) => y > 0 && x > 0 && y < height - 1 && x < width - 1));
        yield return ("left half", Make(height, width, (y, x) => x < width / 2));
        yield return ("lower half", Make(height, width, (y, x) => y >= height / 2));
        yield return ("checkerboard", Make(height, width, (y, x) => (y + x) % 2 == 0));
        yield return ("checkerboard, the other", Make(height, width, (y, x) => (y + x) % 2 != 0));
        yield return ("columns", Make(height, width, (y, x) => x % 2 == 0));
        yield return ("odd columns", Make(height, width, (y, x) => x % 2 != 0));
        yield return ("rows", Make(height, width, (y, x) => y % 2 != 0));
        yield return ("circle removed", Make(height, width, (y, x) => Distance(height, width, y, x) < 0.18));
        yield return ("circle known", Make(height, width, (y, x) => Distance(height, width, y, x) > 0.03));
        yield return ("walls", Make(height, width, (y, x) => !(x % 8 == 4 && (x / 8 % 2 == 0 ? y > 1 : y < height - 2))));
        yield return ("spiral known", Spiral(height, width));
        yield return ("spiral removed", Invert(Spiral(height, width)));
    }

    public static byte[] Noise(int height, int width, double share, int seed)
    {
        Random random = new(seed);
        return Keep(Make(height, width, (_, _) => random.NextDouble() < share), (height * width) - 1);
    }

    public static byte[] Make(int height, int width, Func<int, int, bool> isRemoved)
    {
        byte[] mask = new byte[height * width];
        for (int i = 0; i < mask.Length; i++)
        {
            mask[i] = isRemoved(i / width, i % width) ? (byte)1 : (byte)0;
        }

        return mask;
    }

    public static byte[] Invert(byte[] mask) => [.. mask.Select(m => (byte)(1 - m))];

    // A wall of one pixel that turns inwards, four pixels from its last round: long corridors with one way out.
    private static byte[] Spiral(int height, int width)
    {
        byte[] mask = Make(height, width, (_, _) => true);
        (int top, int left, int bottom, int right) = (0, 0, height - 1, width - 1);
        while (top <= bottom && left <= right)
        {
            for (int x = left; x <= right; x++)
            {
                mask[(top * width) + x] = 0;
            }

            for (int y = top; y <= bottom; y++)
            {
                mask[(y * width) + right] = 0;
            }

            for (int x = left; x <= right && bottom > top + 4; x++)
            {
                mask[(bottom * width) + x] = 0;
            }

            for (int y = top + 4; y <= bottom; y++)
            {
                mask[(y * width) + left] = 0;
            }

            (top, left, bottom, right) = (top + 4, left + 4, bottom - 4, right - 4);
        }

        return mask;
    }

    private static byte[] Known(int height, int width, int y, int x) => Make(height, width, (row, column) => row != y || column != x);

    private static byte[] Keep(byte[] mask, int pixel)
    {
        mask[pixel] = 0;
        return mask;
    }

    private static double Distance(int height, int width, int y, int x) =>
        Math.Pow(((double)y / height) - 0.5, 2) + Math.Pow(((double)x / width) - 0.5, 2);
}

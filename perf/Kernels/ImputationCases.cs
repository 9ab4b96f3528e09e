using CAManim.Native.Kernels.Resize;

namespace CAManim.Native.Perf.Kernels;

/// <summary>The image and the masks of the imputation's benchmarks: maps of noise, upsampled, 20 to 80 % removed in both orders.</summary>
internal static class ImputationCases
{
    public const int Size = 224;
    public const int Channels = 3;
    public const int MasksOfMap = 8;

    /// <summary>Sides of the maps; the last is noise from pixel to pixel.</summary>
    public static ReadOnlySpan<int> Sides => [7, 14, 28, 56, 112, Size];

    /// <summary>[C,H,W]: noise of half a unit over waves of magnitude 2.</summary>
    public static float[] Image()
    {
        float[] image = new float[Channels * Size * Size];
        Random random = new(1);
        for (int i = 0; i < image.Length; i++)
        {
            image[i] = (float)((random.NextDouble() * 0.5) + Math.Sin(i % Size * 0.05) + Math.Cos(i / Size * 0.04));
        }

        return image;
    }

    /// <summary>[8,H,W]: 20, 40, 60 and 80 % removed, most relevant first and then least relevant first of each.</summary>
    public static byte[] Masks(int side)
    {
        Random random = new(side);
        float[] small = new float[side * side];
        for (int i = 0; i < small.Length; i++)
        {
            small[i] = random.NextSingle();
        }

        float[] map = new float[Size * Size];
        BilinearResize.Resize(small, side, side, map, Size, Size);
        int[] order = Enumerable.Range(0, map.Length).ToArray();
        Array.Sort((float[])map.Clone(), order);
        byte[] masks = new byte[MasksOfMap * map.Length];
        for (int mask = 0; mask < MasksOfMap; mask++)
        {
            for (int i = 0; i < map.Length * Percent(mask) / 100; i++)
            {
                masks[(mask * map.Length) + order[mask % 2 != 0 ? i : map.Length - 1 - i]] = 1;
            }
        }

        return masks;
    }

    /// <summary>Percent removed by a mask.</summary>
    public static int Percent(int mask) => 20 * ((mask / 2) + 1);
}

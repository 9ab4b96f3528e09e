using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Models.Images;

/// <summary>
/// Bilinear resize of 8-bit images as OpenCV's INTER_LINEAR has it: half-pixel centres, clamped edges, weights of 11 bits, and the
/// mean of four pixels where both sides are halved exactly.
/// </summary>
internal static class BilinearResize
{
    private const int WeightBits = 11;
    private const int One = 1 << WeightBits;

    /// <summary>Returns the same image where the size is the same.</summary>
    /// <param name="image">[H,W,3].</param>
    /// <param name="width">New W.</param>
    /// <param name="height">New H.</param>
    public static RgbImage Apply(RgbImage image, int width, int height)
    {
        if (image.Width == width && image.Height == height)
        {
            return image;
        }

        return image.Width == 2 * width && image.Height == 2 * height ? Halve(image, width, height) : Interpolate(image, width, height);
    }

    /// <summary>The same of 16-bit samples, without rounding.</summary>
    /// <param name="samples">[H,W,channels].</param>
    /// <param name="table">What each value of a sample stands for.</param>
    /// <param name="width">New W.</param>
    /// <param name="height">New H.</param>
    /// <returns>[height,width,channels].</returns>
    public static float[] Apply(DeepSamples samples, float[] table, int width, int height)
    {
        int channels = samples.Channels;
        (int[] left, float[] right) = Shares(samples.Width, width);
        (int[] top, float[] down) = Shares(samples.Height, height);
        float[] result = new float[(long)width * height * channels];
        for (int y = 0, to = 0; y < height; y++)
        {
            long upper = (long)top[y] * samples.Width;
            long lower = (long)Math.Min(top[y] + 1, samples.Height - 1) * samples.Width;
            for (int x = 0; x < width; x++)
            {
                int behind = Math.Min(left[x] + 1, samples.Width - 1);
                for (int c = 0; c < channels; c++, to++)
                {
                    result[to] = Mix(Mix(At(upper + left[x]), At(upper + behind), right[x]), Mix(At(lower + left[x]), At(lower + behind), right[x]), down[y]);

                    float At(long pixel) => table[samples.Values[(pixel * channels) + c]];
                }
            }
        }

        return result;
    }

    private static float Mix(float first, float second, float share) => (first * (1 - share)) + (second * share);

    private static (int[] First, float[] Share) Shares(int from, int to)
    {
        (int[] first, float[] share) = (new int[to], new float[to]);
        for (int i = 0; i < to; i++)
        {
            double position = Math.Clamp(((i + 0.5) * from / to) - 0.5, 0, from - 1);
            (first[i], share[i]) = ((int)position, (float)(position - (int)position));
        }

        return (first, share);
    }

    private static RgbImage Interpolate(RgbImage image, int width, int height)
    {
        (int[] left, int[] weights) = Taps(image.Width, width, clamp: true);
        (int[] top, int[] rowWeights) = Taps(image.Height, height, clamp: false);
        byte[] result = new byte[(long)width * height * 3];
        int[] upper = new int[width * 3];
        int[] lower = new int[width * 3];
        for (int y = 0; y < height; y++)
        {
            Row(image, Math.Clamp(top[y], 0, image.Height - 1), left, weights, upper);
            Row(image, Math.Clamp(top[y] + 1, 0, image.Height - 1), left, weights, lower);
            int w = rowWeights[y];
            Span<byte> to = result.AsSpan(y * width * 3, width * 3);
            for (int i = 0; i < to.Length; i++)
            {
                // The two shifts are OpenCV's: its products stay within 16 bits.
                to[i] = (byte)((((One - w) * (upper[i] >> 4) >> 16) + (w * (lower[i] >> 4) >> 16) + 2) >> 2);
            }
        }

        return new RgbImage(width, height, result);
    }

    private static void Row(RgbImage image, int y, int[] left, int[] weights, int[] destination)
    {
        ReadOnlySpan<byte> row = image.Pixels.AsSpan(y * image.Width * 3, image.Width * 3);
        for (int x = 0; x < left.Length; x++)
        {
            int a = left[x] * 3;
            int b = Math.Min(left[x] + 1, image.Width - 1) * 3;
            for (int c = 0; c < 3; c++)
            {
                destination[(x * 3) + c] = (row[a + c] * (One - weights[x])) + (row[b + c] * weights[x]);
            }
        }
    }

    /// <summary>
    /// For each new position the pixel before it and the weight of the one behind. At the edges OpenCV clamps columns here, rows only
    /// where they are read: the same in numbers, but not in rounding.
    /// </summary>
    private static (int[] First, int[] Weight) Taps(int from, int to, bool clamp)
    {
        var first = new int[to];
        var weight = new int[to];
        double scale = (double)from / to;
        for (int i = 0; i < to; i++)
        {
            float position = (float)(((i + 0.5) * scale) - 0.5);
            int floor = (int)MathF.Floor(position);
            float part = position - floor;
            if (clamp && (floor < 0 || floor >= from - 1))
            {
                (floor, part) = (Math.Clamp(floor, 0, from - 1), 0);
            }

            first[i] = floor;
            weight[i] = (int)MathF.Round(part * One);
        }

        return (first, weight);
    }

    private static RgbImage Halve(RgbImage image, int width, int height)
    {
        byte[] result = new byte[(long)width * height * 3];
        int stride = image.Width * 3;
        for (int y = 0; y < height; y++)
        {
            for (int i = 0; i < width * 3; i++)
            {
                int from = (2 * y * stride) + (i / 3 * 6) + (i % 3);
                int sum = image.Pixels[from] + image.Pixels[from + 3] + image.Pixels[from + stride] + image.Pixels[from + stride + 3];
                result[(y * width * 3) + i] = (byte)((sum + 2) >> 2);
            }
        }

        return new RgbImage(width, height, result);
    }
}

using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Kernels.Pictures;

/// <summary>
/// Scales 8-bit pictures as PIL does, to the bit: where the picture shrinks every pixel counts, rows first, then columns, weights of 22 bits,
/// rounded to 8 bits in between. torchvision's default on PIL images.
/// </summary>
public static partial class AntialiasedResize
{
    private const int WeightBits = 22;

    /// <summary>Scales a picture.</summary>
    /// <param name="image">[H,W,3].</param>
    /// <param name="width">New W, at least 1.</param>
    /// <param name="height">New H, at least 1.</param>
    /// <param name="filter">How pixels are weighted.</param>
    /// <param name="cancellation">Looked at for every row.</param>
    /// <returns>A new picture, or the same where it has that size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RgbImage Apply(RgbImage image, int width, int height, PictureFilter filter = PictureFilter.Bilinear, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return (image.Width, image.Height) == (width, height) ? image : Apply(image, new PictureCut(width, height, 0, 0, width, height), filter, cancellation);
    }

    /// <summary>A part of the scaled picture; no more is computed than that, however large the whole would be.</summary>
    /// <param name="image">[H,W,3].</param>
    /// <param name="cut">The size of the whole, and the part.</param>
    /// <param name="filter">How pixels are weighted.</param>
    /// <param name="cancellation">Looked at for every row.</param>
    /// <returns>A new picture of the part's size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the part reaches beyond the whole.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RgbImage Apply(RgbImage image, PictureCut cut, PictureFilter filter = PictureFilter.Bilinear, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        cut.Check();
        PictureTaps rows = new(image.Height, cut.ScaledHeight, cut.Top, cut.Height, filter);
        (int start, int end) = cut.ScaledHeight == image.Height ? ((int)cut.Top, (int)cut.Top + cut.Height) : (rows.Start, rows.End);
        byte[] narrowed = Narrow(image, start, end, cut, filter, cancellation);
        return new RgbImage(cut.Width, cut.Height, cut.ScaledHeight == image.Height ? narrowed : Lower(narrowed, start, rows, cut.Width * 3, cancellation));
    }

    // Along the rows that are needed.
    private static byte[] Narrow(RgbImage image, int start, int end, PictureCut cut, PictureFilter filter, CancellationToken cancellation)
    {
        byte[] result = new byte[(long)(end - start) * cut.Width * 3];
        if (cut.ScaledWidth == image.Width)
        {
            for (int y = start; y < end; y++)
            {
                image.Pixels.AsSpan(checked((int)(((long)y * image.Width) + cut.Left) * 3), cut.Width * 3).CopyTo(result.AsSpan((y - start) * cut.Width * 3));
            }

            return result;
        }

        PictureTaps columns = new(image.Width, cut.ScaledWidth, cut.Left, cut.Width, filter);
        int[][] weights = Fixed(columns);
        int to = 0;
        for (int y = start; y < end; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> row = image.Pixels.AsSpan(checked(y * image.Width * 3), image.Width * 3);
            for (int x = 0; x < weights.Length; x++, to += 3)
            {
                ReadOnlySpan<byte> pixels = row[(columns.First[x] * 3)..];
                (int red, int green, int blue) = (1 << (WeightBits - 1), 1 << (WeightBits - 1), 1 << (WeightBits - 1));
                int at = 0;
                foreach (int weight in weights[x])
                {
                    red += pixels[at] * weight;
                    green += pixels[at + 1] * weight;
                    blue += pixels[at + 2] * weight;
                    at += 3;
                }

                (result[to], result[to + 1], result[to + 2]) = (Byte(red), Byte(green), Byte(blue));
            }
        }

        return result;
    }

    // Along the columns.
    private static byte[] Lower(byte[] narrowed, int start, PictureTaps rows, int stride, CancellationToken cancellation)
    {
        int[][] weights = Fixed(rows);
        byte[] result = new byte[(long)weights.Length * stride];
        int[] sums = new int[stride];
        for (int y = 0; y < weights.Length; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            Array.Fill(sums, 1 << (WeightBits - 1));
            for (int k = 0; k < weights[y].Length; k++)
            {
                int weight = weights[y][k];
                ReadOnlySpan<byte> row = narrowed.AsSpan((rows.First[y] - start + k) * stride, stride);
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += row[i] * weight;
                }
            }

            for (int i = 0; i < sums.Length; i++)
            {
                result[(y * stride) + i] = Byte(sums[i]);
            }
        }

        return result;
    }

    private static int[][] Fixed(PictureTaps taps) =>
        [.. taps.Weights.Select(weights => weights.Select(w => (int)((w < 0 ? -0.5 : 0.5) + (w * (1 << WeightBits)))).ToArray())];

    private static byte Byte(int sum) => (byte)Math.Clamp(sum >> WeightBits, 0, 255);
}

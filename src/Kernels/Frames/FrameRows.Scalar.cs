namespace CAManim.Native.Kernels.Frames;

/// <summary>One pixel at a time: the definition, and the tails of the vector variants.</summary>
internal readonly struct ScalarRows : IFrameRows
{
    public static float Mix(float first, float second, float share) => (first * (1 - share)) + (second * share);

    // NaN fails the comparison and becomes 0.
    public static int Index(float value, float minimum, float range)
    {
        float t = (value - minimum) / range;
        return (int)((t > 0 ? MathF.Min(t, 1) : 0) * 255);
    }

    public static void Mix(ReadOnlySpan<float> first, ReadOnlySpan<float> second, float share, Span<float> result)
    {
        for (int x = 0; x < result.Length; x++)
        {
            result[x] = Mix(first[x], second[x], share);
        }
    }

    public static void Colour(ReadOnlySpan<float> values, float minimum, float range, ReadOnlySpan<uint> image, ReadOnlySpan<uint> table, uint weight, Span<uint> pixels)
    {
        for (int x = 0; x < pixels.Length; x++)
        {
            pixels[x] = PackedColor.Blend(table[Index(values[x], minimum, range)], image[x], weight);
        }
    }

    public static void Cover(ReadOnlySpan<byte> coverage, uint foreground, uint background, Span<uint> pixels)
    {
        for (int x = 0; x < pixels.Length; x++)
        {
            pixels[x] = PackedColor.Blend(foreground, background, FrameCaption.Weight(coverage[x]));
        }
    }

    public static void Luma(ReadOnlySpan<uint> pixels, Span<byte> luma)
    {
        for (int x = 0; x < pixels.Length; x++)
        {
            luma[x] = Bt709.Y(pixels[x]);
        }
    }

    public static void Chroma(ReadOnlySpan<uint> pixels, Span<byte> blue, Span<byte> red)
    {
        for (int x = 0; x < pixels.Length; x++)
        {
            (blue[x], red[x]) = (Bt709.U(pixels[x]), Bt709.V(pixels[x]));
        }
    }

    public static void ChromaOfFour(ReadOnlySpan<uint> top, ReadOnlySpan<uint> bottom, Span<byte> blue, Span<byte> red)
    {
        for (int x = 0; x < blue.Length; x++)
        {
            (blue[x], red[x]) = ChromaOfFour(top, bottom, x);
        }
    }

    /// <summary>The same as pairs of Cb and Cr.</summary>
    public static void ChromaPairs(ReadOnlySpan<uint> top, ReadOnlySpan<uint> bottom, Span<byte> pairs)
    {
        for (int x = 0; x < pairs.Length / 2; x++)
        {
            (pairs[2 * x], pairs[(2 * x) + 1]) = ChromaOfFour(top, bottom, x);
        }
    }

    public static void Rgb(ReadOnlySpan<uint> pixels, Span<byte> row)
    {
        for (int x = 0; x < pixels.Length; x++)
        {
            row[3 * x] = (byte)pixels[x];
            row[(3 * x) + 1] = (byte)(pixels[x] >> 8);
            row[(3 * x) + 2] = (byte)(pixels[x] >> 16);
        }
    }

    public static void Bgr0(ReadOnlySpan<uint> pixels, Span<byte> row)
    {
        for (int x = 0; x < pixels.Length; x++)
        {
            row[4 * x] = (byte)(pixels[x] >> 16);
            row[(4 * x) + 1] = (byte)(pixels[x] >> 8);
            row[(4 * x) + 2] = (byte)pixels[x];
            row[(4 * x) + 3] = 0;
        }
    }

    private static (byte Blue, byte Red) ChromaOfFour(ReadOnlySpan<uint> top, ReadOnlySpan<uint> bottom, int x)
    {
        int next = Math.Min((2 * x) + 1, top.Length - 1);
        (uint a, uint b, uint c, uint d) = (top[2 * x], top[next], bottom[2 * x], bottom[next]);
        int red = Bt709.Red(a) + Bt709.Red(b) + Bt709.Red(c) + Bt709.Red(d);
        int green = Bt709.Green(a) + Bt709.Green(b) + Bt709.Green(c) + Bt709.Green(d);
        int blue = Bt709.Blue(a) + Bt709.Blue(b) + Bt709.Blue(c) + Bt709.Blue(d);
        return (Bt709.UOfFour(red, green, blue), Bt709.VOfFour(red, green, blue));
    }
}

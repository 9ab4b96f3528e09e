namespace CAManim.Native.Encoding.Tests.Decoding;

/// <summary>Peak signal to noise ratio, 10 log10(255² / mean squared difference).</summary>
internal static class PeakSignal
{
    public static double MeanSquare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        Assert.Equal(a.Length, b.Length);
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double d = a[i] - b[i];
            sum += d * d;
        }

        return sum / a.Length;
    }

    public static double Ratio(double meanSquare) => meanSquare == 0 ? double.PositiveInfinity : 10 * Math.Log10(255 * 255 / meanSquare);

    /// <summary>RGB of 4:2:0 planes: BT.709 limited, every chroma sample for its four pixels.</summary>
    public static byte[] ToRgb(byte[][] planes, int width, int height)
    {
        byte[] rgb = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double luma = (planes[0][(y * width) + x] - 16) * 255.0 / 219;
                int at = (y / 2 * ((width + 1) / 2)) + (x / 2);
                double u = (planes[1][at] - 128) * 255.0 / 224;
                double v = (planes[2][at] - 128) * 255.0 / 224;
                Span<byte> pixel = rgb.AsSpan(3 * ((y * width) + x), 3);
                double red = luma + (1.5748 * v);
                double blue = luma + (1.8556 * u);
                pixel[0] = Round(red);
                pixel[1] = Round((luma - (0.2126 * red) - (0.0722 * blue)) / 0.7152);
                pixel[2] = Round(blue);
            }
        }

        return rgb;
    }

    private static byte Round(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}

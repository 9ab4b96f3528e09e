namespace CAManim.Native.Encoding.Decoding;

/// <summary>Y'CbCr to RGB in integers of 1/65536: R = yGain (Y - black) + redOfCr Cr, and so on, rounded to nearest.</summary>
/// <param name="Black">Y of black.</param>
/// <param name="Gain">Of Y.</param>
/// <param name="RedOfCr">Of Cr - 128 in R.</param>
/// <param name="GreenOfCb">Of Cb - 128 in G.</param>
/// <param name="GreenOfCr">Of Cr - 128 in G.</param>
/// <param name="BlueOfCb">Of Cb - 128 in B.</param>
internal readonly record struct YuvMatrix(int Black, int Gain, int RedOfCr, int GreenOfCb, int GreenOfCr, int BlueOfCb)
{
    /// <summary>ITU-R BT.709 or BT.601, of limited (16 to 235) or full range.</summary>
    public static YuvMatrix Of(bool isBt709, bool isFullRange)
    {
        (double red, double blue) = isBt709 ? (0.2126, 0.0722) : (0.299, 0.114);
        double green = 1 - red - blue;
        double gain = isFullRange ? 1 : 255.0 / 219;
        double chroma = isFullRange ? 1 : 255.0 / 224;
        return new YuvMatrix(
            isFullRange ? 0 : 16,
            Fixed(gain),
            Fixed(2 * (1 - red) * chroma),
            Fixed(-2 * (1 - blue) * blue / green * chroma),
            Fixed(-2 * (1 - red) * red / green * chroma),
            Fixed(2 * (1 - blue) * chroma));
    }

    /// <summary>Writes a pixel.</summary>
    public void Write(int y, int cb, int cr, Span<byte> rgb)
    {
        int luma = (Gain * (y - Black)) + (1 << 15);
        rgb[0] = Clamp(luma + (RedOfCr * (cr - 128)));
        rgb[1] = Clamp(luma + (GreenOfCb * (cb - 128)) + (GreenOfCr * (cr - 128)));
        rgb[2] = Clamp(luma + (BlueOfCb * (cb - 128)));
    }

    private static byte Clamp(int value) => (byte)Math.Clamp(value >> 16, 0, 255);

    private static int Fixed(double value) => (int)Math.Round(value * 65536);
}

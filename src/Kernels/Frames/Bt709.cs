namespace CAManim.Native.Kernels.Frames;

/// <summary>
/// RGB to Y'CbCr by ITU-R BT.709, limited range, in integers of 1/65536: Y = 16 + 219 (0.2126 R + 0.7152 G + 0.0722 B) / 255,
/// Cb = 128 + 224 (B - Y) / (1.8556·255), Cr = 128 + 224 (R - Y) / (1.5748·255).
/// </summary>
/// <remarks>The chroma rows sum to zero, so grey gives exactly 128; rounding is to nearest.</remarks>
public static class Bt709
{
    internal const int YR = 11966;
    internal const int YG = 40254;
    internal const int YB = 4064;
    internal const int UR = -6596;
    internal const int UG = -22188;
    internal const int UB = 28784;
    internal const int VR = 28784;
    internal const int VG = -26145;
    internal const int VB = -2639;

    // 16 and 128 in 1/65536, plus half of the last place for rounding.
    internal const int LumaOffset = (16 << 16) + (1 << 15);
    internal const int ChromaOffset = (128 << 16) + (1 << 15);

    // The same for the sum of four pixels.
    internal const int ChromaOffsetOfFour = (128 << 18) + (1 << 17);

    /// <summary>Y of a packed pixel, 16..235.</summary>
    public static byte Y(uint pixel) => (byte)(((YR * Red(pixel)) + (YG * Green(pixel)) + (YB * Blue(pixel)) + LumaOffset) >> 16);

    /// <summary>Cb of a packed pixel, 16..240.</summary>
    public static byte U(uint pixel) => (byte)(((UR * Red(pixel)) + (UG * Green(pixel)) + (UB * Blue(pixel)) + ChromaOffset) >> 16);

    /// <summary>Cr of a packed pixel, 16..240.</summary>
    public static byte V(uint pixel) => (byte)(((VR * Red(pixel)) + (VG * Green(pixel)) + (VB * Blue(pixel)) + ChromaOffset) >> 16);

    /// <summary>Cb of the mean of four pixels whose channel sums are given.</summary>
    internal static byte UOfFour(int red, int green, int blue) => (byte)(((UR * red) + (UG * green) + (UB * blue) + ChromaOffsetOfFour) >> 18);

    /// <summary>Cr of the mean of four pixels whose channel sums are given.</summary>
    internal static byte VOfFour(int red, int green, int blue) => (byte)(((VR * red) + (VG * green) + (VB * blue) + ChromaOffsetOfFour) >> 18);

    internal static int Red(uint pixel) => (int)(pixel & 0xFF);

    internal static int Green(uint pixel) => (int)((pixel >> 8) & 0xFF);

    internal static int Blue(uint pixel) => (int)((pixel >> 16) & 0xFF);
}

using System.Runtime.CompilerServices;

namespace CAManim.Native.Kernels.Frames;

/// <summary>A pixel as one 32-bit word, R + 256 G + 65536 B; the top byte is zero.</summary>
/// <remarks>R and B lie in the two 16-bit halves, so one multiplication blends both; G goes alone.</remarks>
public static class PackedColor
{
    /// <summary>Packs one pixel.</summary>
    public static uint Pack(byte red, byte green, byte blue) => red | ((uint)green << 8) | ((uint)blue << 16);

    /// <summary>Packs [..,3] bytes, R first.</summary>
    /// <exception cref="ArgumentException"><paramref name="rgb"/> has not three bytes a pixel.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(ReadOnlySpan<byte> rgb, Span<uint> packed)
    {
        if (rgb.Length != packed.Length * 3)
        {
            throw new ArgumentException($"{packed.Length} pixels have {packed.Length * 3} bytes, got {rgb.Length}.", nameof(rgb));
        }

        for (int i = 0; i < packed.Length; i++)
        {
            packed[i] = Pack(rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]);
        }
    }

    /// <summary>(weight·over + (256 - weight)·under + 128) / 256 for each channel; weight in 0..256.</summary>
    public static uint Blend(uint over, uint under, uint weight)
    {
        uint rest = 256 - weight;
        uint redBlue = ((((over & 0xFF00FF) * weight) + ((under & 0xFF00FF) * rest) + 0x800080) >> 8) & 0xFF00FF;
        uint green = (((over >> 8) & 0xFF) * weight) + (((under >> 8) & 0xFF) * rest) + 0x80;
        return redBlue | (green & 0xFF00);
    }
}

namespace CAManim.Native.Kernels.Maps;

/// <summary>An 8-bit RGB picture, rows top to bottom, interleaved [H,W,3] without padding.</summary>
public sealed class RgbImage
{
    /// <summary>Wraps <paramref name="pixels"/>, which is kept, not copied.</summary>
    /// <param name="width">W, at least 1.</param>
    /// <param name="height">H, at least 1.</param>
    /// <param name="pixels">H·W·3 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="ArgumentException">The number of bytes is not H·W·3.</exception>
    public RgbImage(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.LongLength != (long)width * height * 3)
        {
            throw new ArgumentException($"A {width}x{height} RGB image has {(long)width * height * 3} bytes, got {pixels.LongLength}.", nameof(pixels));
        }

        Width = width;
        Height = height;
        Pixels = pixels;
    }

    /// <summary>W.</summary>
    public int Width { get; }

    /// <summary>H.</summary>
    public int Height { get; }

    /// <summary>[H,W,3], R first.</summary>
    public byte[] Pixels { get; }
}

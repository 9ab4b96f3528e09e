namespace CAManim.Native.Encoding.Decoding;

/// <summary>A decoded picture whose memory is used again by the next.</summary>
public sealed class VideoPicture
{
    /// <summary>W; 0 before the first picture.</summary>
    public int Width { get; private set; }

    /// <summary>H; 0 before the first picture.</summary>
    public int Height { get; private set; }

    /// <summary>[H,W,3], R first, rows top to bottom without padding.</summary>
    public byte[] Pixels { get; private set; } = [];

    /// <summary>When it is to be shown, from the start of the stream; null where the stream does not say.</summary>
    public TimeSpan? Time { get; set; }

    /// <summary>Makes room for a picture of another size; the pixels are undefined afterwards.</summary>
    /// <param name="width">W, 1 or more.</param>
    /// <param name="height">H, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public void Resize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if ((Width, Height) != (width, height))
        {
            (Width, Height, Pixels) = (width, height, new byte[(long)width * height * 3]);
        }
    }
}

namespace CAManim.Native.Kernels.Frames;

/// <summary>A rectangle of text that was rasterised before: every pixel is the background, covered by the foreground to c/255.</summary>
public readonly struct FrameCaption
{
    /// <summary>Wraps a coverage bitmap.</summary>
    /// <param name="x">Left column in the frame; even for <see cref="FrameFormat.Yuv420"/>.</param>
    /// <param name="y">Top row in the frame; even for <see cref="FrameFormat.Yuv420"/>.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="coverage">[height,width], 0 background, 255 foreground.</param>
    /// <param name="foreground">Packed colour of the text.</param>
    /// <param name="background">Packed colour around it.</param>
    /// <exception cref="ArgumentException">The bitmap has not width·height bytes.</exception>
    public FrameCaption(int x, int y, int width, int height, ReadOnlyMemory<byte> coverage, uint foreground, uint background)
    {
        if (width < 1 || height < 1 || coverage.Length != (long)width * height)
        {
            throw new ArgumentException($"A caption of {width}x{height} needs {(long)width * height} bytes, got {coverage.Length}.", nameof(coverage));
        }

        (X, Y, Width, Height) = (x, y, width, height);
        (Coverage, Foreground, Background) = (coverage, foreground, background);
    }

    /// <summary>Left column.</summary>
    public int X { get; }

    /// <summary>Top row.</summary>
    public int Y { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>[Height,Width].</summary>
    public ReadOnlyMemory<byte> Coverage { get; }

    /// <summary>Packed colour of the text.</summary>
    public uint Foreground { get; }

    /// <summary>Packed colour around it.</summary>
    public uint Background { get; }

    /// <summary>0..255 to 0..256 for <see cref="PackedColor.Blend"/>, so that full coverage gives the foreground exactly.</summary>
    public static uint Weight(byte coverage) => (uint)(coverage + (coverage >> 7));
}

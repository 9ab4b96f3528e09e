using SkiaSharp;

namespace CAManim.Native.Models.Images;

/// <summary>Where the pixels of a file belong in the upright picture: the encoded pixel (x, y) at Start + x·StepX + y·StepY.</summary>
internal readonly record struct ImagePlaces
{
    /// <param name="width">W as encoded.</param>
    /// <param name="height">H as encoded.</param>
    /// <param name="origin">Where the first row and column of the file belong.</param>
    public ImagePlaces(int width, int height, SKEncodedOrigin origin)
    {
        bool isSwapped = origin >= SKEncodedOrigin.LeftTop;
        (Width, Height) = isSwapped ? (height, width) : (width, height);
        (long w, long h) = (Width, Height);
        (Start, StepX, StepY) = origin switch
        {
            SKEncodedOrigin.TopRight => (w - 1, -1L, w),
            SKEncodedOrigin.BottomRight => ((w * h) - 1, -1L, -w),
            SKEncodedOrigin.BottomLeft => (w * (h - 1), 1L, -w),
            SKEncodedOrigin.LeftTop => (0L, w, 1L),
            SKEncodedOrigin.RightTop => (w - 1, w, -1L),
            SKEncodedOrigin.RightBottom => ((w * h) - 1, -w, -1L),
            SKEncodedOrigin.LeftBottom => (w * (h - 1), -w, 1L),
            _ => (0L, 1L, w),
        };
    }

    /// <summary>W of the upright picture.</summary>
    public int Width { get; }

    /// <summary>H of the upright picture.</summary>
    public int Height { get; }

    /// <summary>Place of the first pixel.</summary>
    public long Start { get; }

    /// <summary>From a pixel to the one right of it.</summary>
    public long StepX { get; }

    /// <summary>From a row to the one below.</summary>
    public long StepY { get; }
}

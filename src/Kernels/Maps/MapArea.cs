namespace CAManim.Native.Kernels.Maps;

/// <summary>The part of a picture that the maps lie on, where the network saw no more of it; in shares of the picture's sides, 0..1.</summary>
/// <param name="Left">Left side.</param>
/// <param name="Top">Upper side.</param>
/// <param name="Width">From left to right, above 0.</param>
/// <param name="Height">From top to bottom, above 0.</param>
public readonly record struct MapArea(double Left, double Top, double Width, double Height)
{
    // What is computed of sizes may miss a border by a rounding.
    private const double Rounding = 1e-9;

    /// <summary>The rectangle in pixels of a picture of this size. It begins and ends at even pixels, as 4:2:0 asks, or at the picture's borders.</summary>
    /// <param name="width">W of the picture as it is drawn.</param>
    /// <param name="height">H of the picture as it is drawn.</param>
    /// <exception cref="ArgumentException">The area is empty or leaves the picture.</exception>
    public (int X, int Y, int Width, int Height) InPixels(int width, int height)
    {
        if (!(Left >= -Rounding && Top >= -Rounding && Width > 0 && Height > 0 && Left + Width <= 1 + Rounding && Top + Height <= 1 + Rounding))
        {
            throw new ArgumentException($"The maps' area ({this}) must lie in the picture: shares of its sides from 0 to 1.");
        }

        (int x, int right) = Side(Left, Width, width);
        (int y, int bottom) = Side(Top, Height, height);
        return (x, y, right - x, bottom - y);
    }

    private static (int Start, int End) Side(double start, double length, int pixels)
    {
        int first = Math.Clamp(Even(start * pixels), 0, (pixels - 1) / 2 * 2);
        int end = start + length >= 1 - Rounding ? pixels : Math.Min(Even((start + length) * pixels), pixels);
        return (first, Math.Min(Math.Max(end, first + 2), pixels));
    }

    private static int Even(double position) => (int)Math.Round(position / 2) * 2;
}

using System.Runtime.CompilerServices;

namespace CAManim.Native.Engine.Localisation;

/// <summary>
/// The pointing game (Zhang 2018, "Top-down neural attention by excitation backprop", section 4.1): does the map's maximum lie on the object?
/// </summary>
/// <remarks>
/// The map [h,w] is resized bilinearly (half-pixel centres, edges clamped) to the mask's [H,W]. Unlike in the paper no margin of pixels
/// around the object counts as a hit: the masks here are exact. Of equal maxima the first, row by row, is the point. Pixels that are NaN
/// after the resize (in which a NaN or an infinity of the map has a share) are passed over. A map that has one value only, or none but
/// NaN, points nowhere: it is a miss.
/// </remarks>
public static class PointingGame
{
    /// <summary>Whether the map's maximum lies in the mask.</summary>
    /// <param name="map">[height,width], row-major; signed or not.</param>
    /// <param name="height">h, 1 or more.</param>
    /// <param name="width">w, 1 or more.</param>
    /// <param name="mask">[maskHeight,maskWidth], row-major; not 0 where the object is.</param>
    /// <param name="maskHeight">H, 1 or more.</param>
    /// <param name="maskWidth">W, 1 or more.</param>
    /// <returns>True for a hit; false for a miss and for a map that points nowhere.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="ArgumentException">A span does not have the size that is given for it.</exception>
    public static bool Hits(ReadOnlySpan<float> map, int height, int width, ReadOnlySpan<byte> mask, int maskHeight, int maskWidth)
    {
        MapOverMask.CheckMask(mask, maskHeight, maskWidth);
        int point = Point(map, height, width, maskHeight, maskWidth);
        return point >= 0 && mask[point] != 0;
    }

    /// <summary>Where the map points to when it is resized to H rows and W columns.</summary>
    /// <param name="map">[height,width], row-major; signed or not.</param>
    /// <param name="height">h, 1 or more.</param>
    /// <param name="width">w, 1 or more.</param>
    /// <param name="targetHeight">H, 1 or more.</param>
    /// <param name="targetWidth">W, 1 or more.</param>
    /// <returns>Row · W + column of the first maximum, or -1 where the map points nowhere.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="map"/> does not have height · width values.</exception>
    public static int Point(ReadOnlySpan<float> map, int height, int width, int targetHeight, int targetWidth)
    {
        using MapOverMask resized = new(map, height, width, targetHeight, targetWidth);
        return Point(resized.Values);
    }

    /// <summary>Index of the first maximum of a map at the mask's size, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Point(ReadOnlySpan<float> values)
    {
        int point = -1;
        float least = float.PositiveInfinity, greatest = float.NegativeInfinity;
        for (int i = 0; i < values.Length; i++)
        {
            // Comparisons with NaN are false: such pixels change neither.
            least = values[i] < least ? values[i] : least;
            if (values[i] > greatest)
            {
                (greatest, point) = (values[i], i);
            }
        }

        return greatest > least ? point : -1;
    }
}

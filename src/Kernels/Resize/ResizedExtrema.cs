using CAManim.Native.Kernels.Extrema;
using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Resize;

/// <summary>Smallest and largest value of max(map, 0) after <see cref="BilinearResize"/>, without storing the resized map.</summary>
/// <remarks>
/// <para>The same bits as the extremes over the output of <see cref="BilinearResize.Resize(ReadOnlySpan{float}, int, int, Span{float}, int, int)"/>
/// of max(map, 0), for every variant.</para>
/// <para>NaN and +infinity: the resized pixels they belong to are NaN and are passed over, and the result says that they were there;
/// -infinity is 0 after max(·, 0), like every negative value. Where no finite pixel is left both extremes are 0.</para>
/// <para>A target row lies between its two source rows: rows whose bounds cannot beat what was found are not computed. Of a map with one
/// peak that is nearly all of them; a map with NaN or infinity is gone through whole.</para>
/// </remarks>
public static class ResizedExtrema
{
    /// <summary>Finds both extremes.</summary>
    /// <param name="map">[height,width]; max(·, 0) is applied here, a map that has no negative values stays as it is.</param>
    /// <param name="height">h, 1 or more.</param>
    /// <param name="width">w, 1 or more.</param>
    /// <param name="targetHeight">H, 1 or more.</param>
    /// <param name="targetWidth">W, 1 or more.</param>
    /// <param name="minimum">Smallest value, 0 or more.</param>
    /// <param name="maximum">Largest value, at least <paramref name="minimum"/>.</param>
    /// <returns>Whether max(map, 0) holds NaN or infinity.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="ArgumentException">The map does not hold height·width floats.</exception>
    public static bool Find(
        ReadOnlySpan<float> map, int height, int width, int targetHeight, int targetWidth, out float minimum, out float maximum) =>
        Find(map, height, width, targetHeight, targetWidth, out minimum, out maximum, KernelVariant.Auto);

    /// <summary>Finds both extremes by the given variant.</summary>
    /// <param name="map">[height,width]; max(·, 0) is applied here.</param>
    /// <param name="height">h, 1 or more.</param>
    /// <param name="width">w, 1 or more.</param>
    /// <param name="targetHeight">H, 1 or more.</param>
    /// <param name="targetWidth">W, 1 or more.</param>
    /// <param name="minimum">Smallest value, 0 or more.</param>
    /// <param name="maximum">Largest value, at least <paramref name="minimum"/>.</param>
    /// <param name="variant">The implementation.</param>
    /// <returns>Whether max(map, 0) holds NaN or infinity.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the variant unknown.</exception>
    /// <exception cref="ArgumentException">The map does not hold height·width floats.</exception>
    public static unsafe bool Find(
        ReadOnlySpan<float> map, int height, int width, int targetHeight, int targetWidth, out float minimum, out float maximum, KernelVariant variant)
    {
        BilinearResize.Check(map.Length, height, width, nameof(map));
        ArgumentOutOfRangeException.ThrowIfLessThan(targetHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetWidth, 1);
        KernelVariant resolved = KernelVariants.Resolve(variant);
        MapExtrema.Find(map, out _, out float greatest, out bool hasNaN, resolved);
        bool hasNonFinite = hasNaN || float.IsPositiveInfinity(greatest);
        float* extremes = stackalloc float[2 * LanesTail.Width];
        new Span<float>(extremes, LanesTail.Width).Fill(float.PositiveInfinity);
        new Span<float>(extremes + LanesTail.Width, LanesTail.Width).Fill(float.NegativeInfinity);
        fixed (float* source = map)
        {
            switch (resolved)
            {
                case KernelVariant.Vector512:
                    ResizeSweep.FindExtremes<BilinearResize.SimdVariant<Lanes512>>(source, height, width, targetHeight, targetWidth, hasNonFinite, extremes);
                    break;
                case KernelVariant.Vector256:
                    ResizeSweep.FindExtremes<BilinearResize.SimdVariant<Lanes256>>(source, height, width, targetHeight, targetWidth, hasNonFinite, extremes);
                    break;
                default:
                    ResizeSweep.FindExtremes<BilinearResize.ScalarVariant>(source, height, width, targetHeight, targetWidth, hasNonFinite, extremes);
                    break;
            }
        }

        (minimum, maximum) = RowBounds.OfLanes(extremes);
        if (minimum > maximum)
        {
            minimum = maximum = 0;
        }

        return hasNonFinite;
    }
}

using System.Runtime.CompilerServices;

namespace CAManim.Native.Engine.Localisation;

/// <summary>
/// The energy-based pointing game (Wang 2020, "Score-CAM", section 4.3): which share of the map lies on the object?
/// </summary>
/// <remarks>
/// share = sum over the mask of v / sum over all pixels of v, v = max(map, 0) resized bilinearly (half-pixel centres, edges clamped) to the
/// mask's [H,W]. In [0,1]; a map without any preference gives the mask's <see cref="AreaShare"/>. Pixels that are NaN after the resize
/// count for nothing. Sums are taken in float64, row by row.
/// </remarks>
public static class EnergyInside
{
    /// <summary>The share of the map's positive part that lies in the mask.</summary>
    /// <param name="map">[height,width], row-major; negative values count as zero.</param>
    /// <param name="height">h, 1 or more.</param>
    /// <param name="width">w, 1 or more.</param>
    /// <param name="mask">[maskHeight,maskWidth], row-major; not 0 where the object is.</param>
    /// <param name="maskHeight">H, 1 or more.</param>
    /// <param name="maskWidth">W, 1 or more.</param>
    /// <returns>In [0,1]; null where the map has no energy at all (nothing above zero).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="ArgumentException">A span does not have the size that is given for it.</exception>
    public static double? Share(ReadOnlySpan<float> map, int height, int width, ReadOnlySpan<byte> mask, int maskHeight, int maskWidth)
    {
        MapOverMask.CheckMask(mask, maskHeight, maskWidth);
        using MapOverMask resized = MapOverMask.Rectified(map, height, width, maskHeight, maskWidth);
        return Share(resized.Values, mask);
    }

    /// <summary>The share of a map at the mask's size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double? Share(ReadOnlySpan<float> values, ReadOnlySpan<byte> mask)
    {
        double inside = 0, all = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i] > 0 ? values[i] : 0;
            all += value;
            inside += mask[i] != 0 ? value : 0;
        }

        return all > 0 ? inside / all : null;
    }

    /// <summary>The share of the picture that the mask covers: what a map without any preference scores.</summary>
    /// <param name="mask">[H,W]; not 0 where the object is.</param>
    /// <returns>In [0,1]; 0 for an empty span.</returns>
    public static double AreaShare(ReadOnlySpan<byte> mask)
    {
        int covered = 0;
        foreach (byte value in mask)
        {
            covered += value != 0 ? 1 : 0;
        }

        return mask.IsEmpty ? 0 : (double)covered / mask.Length;
    }
}

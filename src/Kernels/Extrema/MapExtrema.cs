using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Extrema;

/// <summary>Smallest and largest value of a span.</summary>
/// <remarks>
/// One trip over the memory; NaN is passed over, infinities count. All variants give the same values. Nothing is allocated.
/// </remarks>
public static partial class MapExtrema
{
    /// <summary>Finds both extremes.</summary>
    /// <param name="values">Any number of values, none included.</param>
    /// <param name="minimum">Smallest value that is not NaN, 0 where there is none.</param>
    /// <param name="maximum">Largest value that is not NaN, 0 where there is none.</param>
    /// <param name="hasNaN">Whether a value is NaN.</param>
    /// <param name="variant">The implementation.</param>
    /// <returns>Whether a value is NaN or infinite.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The variant is unknown.</exception>
    public static unsafe bool Find(
        ReadOnlySpan<float> values, out float minimum, out float maximum, out bool hasNaN, KernelVariant variant = KernelVariant.Auto)
    {
        fixed (float* first = values)
        {
            switch (KernelVariants.Resolve(variant))
            {
                case KernelVariant.Vector512:
                    FindSimd<Lanes512>(first, values.Length, out minimum, out maximum, out hasNaN);
                    break;
                case KernelVariant.Vector256:
                    FindSimd<Lanes256>(first, values.Length, out minimum, out maximum, out hasNaN);
                    break;
                default:
                    FindScalar(first, values.Length, out minimum, out maximum, out hasNaN);
                    break;
            }
        }

        bool hasInfinity = false;
        if (minimum > maximum)
        {
            minimum = maximum = 0;
        }
        else
        {
            hasInfinity = float.IsInfinity(minimum) || float.IsInfinity(maximum);
        }

        return hasNaN || hasInfinity;
    }
}

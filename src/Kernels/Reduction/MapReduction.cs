using System.Diagnostics.CodeAnalysis;
using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Reduction;

/// <summary>
/// Weights the channels of an activation by its gradient and sums them to the signed map of a layer.
/// </summary>
/// <remarks>
/// <para>A, G [C,h·w] -> S [h·w], float32, contiguous, row-major; the formulas stand at <see cref="Weighting"/>. S is the map before ReLU.</para>
/// <para>Order of the additions: S_i = ((0 + t_0i) + t_1i) + ..., channel after channel, each step one fused multiply-add where the term
/// is a product; sums over the pixels of a channel use 64 partial sums. It is the same for every variant and number of threads,
/// and so are the bits.</para>
/// <para>One trip to memory: a block of channels is weighted and then summed while it lies in the second-level cache; four vectors of the
/// map stay in registers over a block, so that the map costs next to nothing. Measured on one core of an AMD EPYC (Zen 4) virtual machine,
/// 512-bit vectors, [64,112,112] in the third-level cache, over the bytes of A and G: HiResCAM, LayerCAM and element-wise 80 GB/s, GradCAM
/// 68, XGradCAM 41, GradCAM++ 31 (a division an element); a copy in the same run 75 to 95. Two threads: 120 GB/s for HiResCAM on an idle
/// machine, nothing gained on a busy one, so one is the default. Maps as small as 7x7 reach 8 to 25 GB/s (2048 channels: 30 to 170 us).</para>
/// <para>NaN and infinity go the way of IEEE arithmetic: in A_ki or G_ki they make S_i NaN or infinite, and where a channel has one
/// weight, NaN in G_k makes the whole map NaN. relu(NaN) is NaN. No channels: S = 0. No pixels: nothing is done.</para>
/// </remarks>
public static partial class MapReduction
{
    // pytorch-grad-cam's constant.
    private const float XGradCamEpsilon = 1e-7f;

    /// <summary>S of A and G on this thread, by the widest variant the processor has.</summary>
    /// <param name="weighting">The formula.</param>
    /// <param name="activation">A [C,h·w].</param>
    /// <param name="gradient">G [C,h·w].</param>
    /// <param name="channels">C, 0 or more.</param>
    /// <param name="signedMap">S [h·w], overwritten.</param>
    /// <exception cref="ArgumentException">A or G does not hold C·h·w floats, or S lies in A or G.</exception>
    /// <exception cref="ArgumentOutOfRangeException">C is negative or the weighting unknown.</exception>
    public static void Reduce(Weighting weighting, ReadOnlySpan<float> activation, ReadOnlySpan<float> gradient, int channels, Span<float> signedMap) =>
        Reduce(weighting, activation, gradient, channels, signedMap, KernelVariant.Auto);

    /// <summary>S of A and G by the given variant.</summary>
    /// <param name="weighting">The formula.</param>
    /// <param name="activation">A [C,h·w].</param>
    /// <param name="gradient">G [C,h·w].</param>
    /// <param name="channels">C, 0 or more.</param>
    /// <param name="signedMap">S [h·w], overwritten.</param>
    /// <param name="variant">The implementation.</param>
    /// <param name="threads">Threads that share the work, this one included; 1 or more. Small tensors stay on this thread.</param>
    /// <exception cref="ArgumentException">A or G does not hold C·h·w floats, or S lies in A or G.</exception>
    /// <exception cref="ArgumentOutOfRangeException">C is negative, threads is below 1, or the weighting or variant is unknown.</exception>
    public static unsafe void Reduce(
        Weighting weighting,
        ReadOnlySpan<float> activation,
        ReadOnlySpan<float> gradient,
        int channels,
        Span<float> signedMap,
        KernelVariant variant,
        int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channels);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        CheckWeighting(weighting);
        Check(activation, channels, signedMap.Length, signedMap, nameof(activation));
        Check(gradient, channels, signedMap.Length, signedMap, nameof(gradient));
        if (channels == 0 || signedMap.IsEmpty)
        {
            signedMap.Clear();
            return;
        }

        fixed (float* a = activation, g = gradient, map = signedMap)
        {
            switch (KernelVariants.Resolve(variant))
            {
                case KernelVariant.Vector512:
                    ReduceShared<SimdVariant<Lanes512>>(weighting, a, g, channels, signedMap.Length, map, threads);
                    break;
                case KernelVariant.Vector256:
                    ReduceShared<SimdVariant<Lanes256>>(weighting, a, g, channels, signedMap.Length, map, threads);
                    break;
                default:
                    ReduceShared<ScalarVariant>(weighting, a, g, channels, signedMap.Length, map, threads);
                    break;
            }
        }
    }

    /// <summary>S = sum_k w_k A_k.</summary>
    /// <param name="activation">A [C,h·w].</param>
    /// <param name="weights">w [C].</param>
    /// <param name="signedMap">S [h·w], overwritten; 0 where C is 0.</param>
    /// <param name="variant">The implementation.</param>
    /// <exception cref="ArgumentException">A does not hold C·h·w floats, or S lies in A.</exception>
    public static unsafe void WeightedSum(
        ReadOnlySpan<float> activation, ReadOnlySpan<float> weights, Span<float> signedMap, KernelVariant variant = KernelVariant.Auto)
    {
        Check(activation, weights.Length, signedMap.Length, signedMap, nameof(activation));
        if (weights.IsEmpty || signedMap.IsEmpty)
        {
            signedMap.Clear();
            return;
        }

        fixed (float* a = activation, w = weights, map = signedMap)
        {
            switch (KernelVariants.Resolve(variant))
            {
                case KernelVariant.Vector512:
                    AddWhole<SimdVariant<Lanes512>>(a, w, weights.Length, signedMap.Length, map);
                    break;
                case KernelVariant.Vector256:
                    AddWhole<SimdVariant<Lanes256>>(a, w, weights.Length, signedMap.Length, map);
                    break;
                default:
                    AddWhole<ScalarVariant>(a, w, weights.Length, signedMap.Length, map);
                    break;
            }
        }
    }

    private static unsafe void AddWhole<TVariant>(float* a, float* weights, int channels, nint n, float* map)
        where TVariant : IReductionVariant
    {
        int block = ChannelsOfBlock(n);
        for (int k = 0; k < channels; k += block)
        {
            int count = int.Min(block, channels - k);
            TVariant.AddChannels<Terms.WeightedTerm>(a + (k * n), a, weights + k, count, n, (channels - k - count) * n, 0, n, map, k == 0);
        }
    }

    private static void CheckWeighting(Weighting weighting)
    {
        if (weighting is < Weighting.GradCam or > Weighting.LayerCam)
        {
            throw new ArgumentOutOfRangeException(nameof(weighting), weighting, "Not a weighting.");
        }
    }

    private static void Check(ReadOnlySpan<float> tensor, int channels, int pixels, Span<float> maps, string name)
    {
        if (tensor.Length != (long)channels * pixels)
        {
            ThrowLength(tensor.Length, channels, pixels, name);
        }

        if (tensor.Overlaps(maps))
        {
            throw new ArgumentException($"The signed map lies in the memory of the {name}. Give it memory of its own.", name);
        }
    }

    [DoesNotReturn]
    private static void ThrowLength(int length, int channels, int pixels, string name) =>
        throw new ArgumentException(
            $"{channels} channels of {pixels} pixels (the length of the signed map) are {(long)channels * pixels} floats; the {name} holds {length}. Pass a contiguous [C,h,w] tensor and a map of h·w floats.",
            name);
}

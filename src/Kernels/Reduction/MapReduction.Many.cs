using System.Buffers;
using CAManim.Native.Kernels.Lanes;
using CAManim.Native.Kernels.Reduction.Terms;

namespace CAManim.Native.Kernels.Reduction;

public static partial class MapReduction
{
    // Bytes of one tensor that all weightings sum while they lie in a first-level cache of 32 or 48 KB.
    private const int StripInBytes = 12 << 10;

    // Pixels that the kernels work on together.
    private const int PixelsOfStep = 64;

    /// <summary>S of A and G by several weightings in one trip to memory: a block of channels serves all of them while it lies in the cache.</summary>
    /// <param name="weightings">M formulas; one may come twice.</param>
    /// <param name="activation">A [C,h·w].</param>
    /// <param name="gradient">G [C,h·w].</param>
    /// <param name="channels">C, 0 or more.</param>
    /// <param name="signedMaps">S [M,h·w], overwritten; each with the bits of <see cref="Reduce(Weighting, ReadOnlySpan{float}, ReadOnlySpan{float}, int, Span{float})"/>.</param>
    /// <param name="variant">The implementation.</param>
    /// <exception cref="ArgumentException">A or G does not hold C·h·w floats, the maps are not M of one size, or they lie in A or G.</exception>
    /// <exception cref="ArgumentOutOfRangeException">C is negative, or a weighting or the variant is unknown.</exception>
    public static unsafe void ReduceMany(
        ReadOnlySpan<Weighting> weightings,
        ReadOnlySpan<float> activation,
        ReadOnlySpan<float> gradient,
        int channels,
        Span<float> signedMaps,
        KernelVariant variant = KernelVariant.Auto)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channels);
        foreach (Weighting weighting in weightings)
        {
            CheckWeighting(weighting);
        }

        int pixels = weightings.IsEmpty ? 0 : signedMaps.Length / weightings.Length;
        if (pixels * weightings.Length != signedMaps.Length)
        {
            throw new ArgumentException($"{weightings.Length} maps of one size were asked for; there is memory for {signedMaps.Length} floats, which is not a multiple.", nameof(signedMaps));
        }

        if (weightings.IsEmpty)
        {
            return;
        }

        Check(activation, channels, pixels, signedMaps, nameof(activation));
        Check(gradient, channels, pixels, signedMaps, nameof(gradient));
        if (channels == 0 || pixels == 0)
        {
            signedMaps.Clear();
            return;
        }

        fixed (float* a = activation, g = gradient, maps = signedMaps)
        {
            switch (KernelVariants.Resolve(variant))
            {
                case KernelVariant.Vector512:
                    ReduceManyWhole<SimdVariant<Lanes512>>(weightings, a, g, channels, pixels, maps);
                    break;
                case KernelVariant.Vector256:
                    ReduceManyWhole<SimdVariant<Lanes256>>(weightings, a, g, channels, pixels, maps);
                    break;
                default:
                    ReduceManyWhole<ScalarVariant>(weightings, a, g, channels, pixels, maps);
                    break;
            }
        }
    }

    // Both tensors' channels are read once from the second-level cache and then by every weighting from the first: channel by channel for
    // the weights, and in strips of pixels over a block of channels for the sums.
    private static unsafe void ReduceManyWhole<TVariant>(ReadOnlySpan<Weighting> weightings, float* a, float* g, int channels, nint n, float* maps)
        where TVariant : IReductionVariant
    {
        int block = ChannelsOfManyBlock(n);
        float[] rented = ArrayPool<float>.Shared.Rent(weightings.Length * block);
        fixed (float* weights = rented)
        {
            for (int k = 0; k < channels; k += block)
            {
                int count = int.Min(block, channels - k);
                nint rest = (channels - k - count) * n;
                WeighMany<TVariant>(weightings, a + (k * n), g + (k * n), count, n, rest, weights, block);
                nint strip = nint.Max(StripInBytes / (count * sizeof(float)) / PixelsOfStep, 1) * PixelsOfStep;
                for (nint from = 0; from < n; from += strip)
                {
                    nint to = nint.Min(from + strip, n);
                    for (int m = 0; m < weightings.Length; m++)
                    {
                        Add<TVariant>(weightings[m], a + (k * n), g + (k * n), weights + (m * block), count, n, rest, from, to, maps + (m * n), k == 0);
                    }
                }
            }
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    // Where channels are small, a block of whole channels lies in the first-level cache: the weights find it there too.
    private static int ChannelsOfManyBlock(nint n)
    {
        nint fitting = StripInBytes / (n * sizeof(float));
        return fitting >= FewestChannels ? (int)nint.Min(fitting, MostChannels) : ChannelsOfBlock(n);
    }

    /// <summary>The weights of <paramref name="channels"/> channels, one row of <paramref name="stride"/> for each weighting.</summary>
    private static unsafe void WeighMany<TVariant>(
        ReadOnlySpan<Weighting> weightings, float* a, float* g, int channels, nint n, nint rest, float* weights, int stride)
        where TVariant : IReductionVariant
    {
        bool needsSum = weightings.ContainsAny(Weighting.GradCamPlusPlus, Weighting.XGradCam);
        for (int k = 0; k < channels; k++)
        {
            nint left = rest + ((channels - 1 - k) * n);
            float sum = needsSum ? TVariant.SumPixels<ActivationTerm>(a, g, n, left, 0) : 0;
            for (int m = 0; m < weightings.Length; m++)
            {
                if (IsWeighted(weightings[m]))
                {
                    weights[(m * stride) + k] = WeighChannel<TVariant>(weightings[m], a, g, n, left, sum);
                }
            }

            a += n;
            g += n;
        }
    }
}

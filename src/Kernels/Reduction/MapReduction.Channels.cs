using CAManim.Native.Kernels.Reduction.Terms;

namespace CAManim.Native.Kernels.Reduction;

public static partial class MapReduction
{
    // Bytes of one tensor's channels that are weighted before they are summed: A and G of a block stay in a 1 MB second-level cache.
    private const int BlockInBytes = 128 << 10;

    // Channels of one block: enough that the map's own traffic is small beside theirs, few enough streams for the prefetcher.
    private const int FewestChannels = 4;
    private const int MostChannels = 256;

    /// <summary>Whether the weighting has one weight a channel.</summary>
    private static bool IsWeighted(Weighting weighting) => weighting is Weighting.GradCam or Weighting.GradCamPlusPlus or Weighting.XGradCam;

    private static int ChannelsOfBlock(nint n) => (int)nint.Clamp(BlockInBytes / (n * sizeof(float)), FewestChannels, MostChannels);

    /// <summary>The whole map on this thread, channel block by channel block.</summary>
    private static unsafe void ReduceWhole<TVariant>(Weighting weighting, float* a, float* g, int channels, nint n, float* map)
        where TVariant : IReductionVariant
    {
        float* weights = stackalloc float[MostChannels];
        int block = ChannelsOfBlock(n);
        for (int k = 0; k < channels; k += block)
        {
            int count = int.Min(block, channels - k);
            nint rest = (channels - k - count) * n;
            if (IsWeighted(weighting))
            {
                Weigh<TVariant>(weighting, a + (k * n), g + (k * n), count, n, rest, weights);
            }

            Add<TVariant>(weighting, a + (k * n), g + (k * n), weights, count, n, rest, 0, n, map, k == 0);
        }
    }

    /// <summary>The weights of <paramref name="channels"/> channels.</summary>
    private static unsafe void Weigh<TVariant>(Weighting weighting, float* a, float* g, int channels, nint n, nint rest, float* weights)
        where TVariant : IReductionVariant
    {
        for (int k = 0; k < channels; k++)
        {
            nint left = rest + ((channels - 1 - k) * n);
            float sum = NeedsActivationSum(weighting) ? TVariant.SumPixels<ActivationTerm>(a, g, n, left, 0) : 0;
            weights[k] = WeighChannel<TVariant>(weighting, a, g, n, left, sum);
            a += n;
            g += n;
        }
    }

    /// <summary>Whether the weight of a channel depends on the sum of its activation.</summary>
    private static bool NeedsActivationSum(Weighting weighting) => weighting is Weighting.GradCamPlusPlus or Weighting.XGradCam;

    /// <summary>The weight of one channel, whose activation sums up to <paramref name="activationSum"/>.</summary>
    private static unsafe float WeighChannel<TVariant>(Weighting weighting, float* a, float* g, nint n, nint rest, float activationSum)
        where TVariant : IReductionVariant => weighting switch
    {
        Weighting.GradCam => TVariant.SumPixels<GradientTerm>(a, g, n, rest, 0) / n,
        Weighting.XGradCam => TVariant.SumPixels<ProductTerm>(a, g, n, rest, 0) / (activationSum + XGradCamEpsilon),
        _ => TVariant.SumPixels<PlusPlusTerm>(a, g, n, rest, activationSum),
    };

    /// <summary>Adds <paramref name="channels"/> channels to the pixels [from, to) of the map.</summary>
    private static unsafe void Add<TVariant>(
        Weighting weighting, float* a, float* g, float* weights, int channels, nint n, nint rest, nint from, nint to, float* map, bool fresh)
        where TVariant : IReductionVariant
    {
        switch (weighting)
        {
            case Weighting.HiResCam:
                TVariant.AddChannels<ProductTerm>(a, g, null, channels, n, rest, from, to, map, fresh);
                break;
            case Weighting.ElementWise:
                TVariant.AddChannels<PositiveProductTerm>(a, g, null, channels, n, rest, from, to, map, fresh);
                break;
            case Weighting.LayerCam:
                TVariant.AddChannels<PositiveGradientTerm>(a, g, null, channels, n, rest, from, to, map, fresh);
                break;
            default:
                TVariant.AddChannels<WeightedTerm>(a, g, weights, channels, n, rest, from, to, map, fresh);
                break;
        }
    }
}

using CAManim.Native.Kernels.Threads;

namespace CAManim.Native.Kernels.Reduction;

public static partial class MapReduction
{
    // Below about a megabyte a tensor the hand-over to another thread costs what it saves.
    private const int LeastSharedFloats = 256 << 10;

    // Pixels of one share: a multiple of the 64 that are worked on together.
    private const int PixelsOfShare = 512;

    /// <summary>
    /// The whole map, shared over threads: first the weights, channel by channel, then the map, range of pixels by range of pixels.
    /// No sum is split, so the number of threads cannot change a bit.
    /// </summary>
    private static unsafe void ReduceShared<TVariant>(Weighting weighting, float* a, float* g, int channels, nint n, float* map, int threads)
        where TVariant : IReductionVariant
    {
        if (threads == 1 || channels * n < LeastSharedFloats)
        {
            ReduceWhole<TVariant>(weighting, a, g, channels, n, map);
            return;
        }

        // Weights are one float a channel: 64 KB of stack hold more channels than a network has; what has more stays on one thread.
        if (channels > 16 << 10)
        {
            ReduceWhole<TVariant>(weighting, a, g, channels, n, map);
            return;
        }

        float* weights = stackalloc float[channels];
        Shape shape = new() { Weighting = weighting, A = a, G = g, Channels = channels, N = n, Map = map, Weights = weights };
        if (IsWeighted(weighting))
        {
            shape.Block = int.Max(1, channels / (threads * 8));
            SharedWork.Run(&WeighShare<TVariant>, &shape, (channels + shape.Block - 1) / shape.Block, threads);
        }

        SharedWork.Run(&AddShare<TVariant>, &shape, (int)((n + PixelsOfShare - 1) / PixelsOfShare), threads);
    }

    private static unsafe void WeighShare<TVariant>(void* state, int share)
        where TVariant : IReductionVariant
    {
        Shape* s = (Shape*)state;
        int k = share * s->Block;
        int count = int.Min(s->Block, s->Channels - k);
        Weigh<TVariant>(s->Weighting, s->A + (k * s->N), s->G + (k * s->N), count, s->N, (s->Channels - k - count) * s->N, s->Weights + k);
    }

    private static unsafe void AddShare<TVariant>(void* state, int share)
        where TVariant : IReductionVariant
    {
        Shape* s = (Shape*)state;
        nint from = (nint)share * PixelsOfShare;
        nint to = nint.Min(from + PixelsOfShare, s->N);
        int block = ChannelsOfBlock(s->N);
        for (int k = 0; k < s->Channels; k += block)
        {
            int count = int.Min(block, s->Channels - k);
            Add<TVariant>(s->Weighting, s->A + (k * s->N), s->G + (k * s->N), s->Weights + k, count, s->N, (s->Channels - k - count) * s->N, from, to, s->Map, k == 0);
        }
    }

    private unsafe struct Shape
    {
        public Weighting Weighting;
        public float* A;
        public float* G;
        public int Channels;
        public nint N;
        public float* Map;
        public float* Weights;
        public int Block;
    }
}

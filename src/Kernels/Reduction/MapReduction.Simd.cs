using System.Runtime.CompilerServices;
using CAManim.Native.Kernels.Lanes;
using CAManim.Native.Kernels.Reduction.Terms;

namespace CAManim.Native.Kernels.Reduction;

public static partial class MapReduction
{
    /// <summary>Sixteen lanes at a time, four of them in flight: enough to hide the latency of an addition.</summary>
    private readonly unsafe struct SimdVariant<TLanes> : IReductionVariant
        where TLanes : unmanaged, ILanes<TLanes>
    {
        private const int Width = LanesTail.Width;

        /// <inheritdoc/>
        public static float SumPixels<TTerm>(float* a, float* g, nint n, nint rest, float parameter)
            where TTerm : ITerm
        {
            TLanes p = TLanes.Broadcast(parameter);
            TLanes sum0 = TLanes.Zero;
            TLanes sum1 = TLanes.Zero;
            TLanes sum2 = TLanes.Zero;
            TLanes sum3 = TLanes.Zero;
            nint i = 0;
            for (; i + (4 * Width) <= n; i += 4 * Width)
            {
                sum0 = Step<TTerm>(sum0, a + i, g + i, p);
                sum1 = Step<TTerm>(sum1, a + i + Width, g + i + Width, p);
                sum2 = Step<TTerm>(sum2, a + i + (2 * Width), g + i + (2 * Width), p);
                sum3 = Step<TTerm>(sum3, a + i + (3 * Width), g + i + (3 * Width), p);
            }

            if (i == n)
            {
                return TLanes.Sum((sum0 + sum1) + (sum2 + sum3));
            }

            // What is left goes to the partial sums in turn, through memory, so that the loop above keeps its sums in registers.
            TLanes* sums = stackalloc TLanes[4] { sum0, sum1, sum2, sum3 };
            AddRest<TTerm>(a + i, g + i, n - i, rest, p, sums);
            return TLanes.Sum((sums[0] + sums[1]) + (sums[2] + sums[3]));
        }

        private static void AddRest<TTerm>(float* a, float* g, nint n, nint rest, TLanes parameter, TLanes* sums)
            where TTerm : ITerm
        {
            for (; n >= Width; n -= Width)
            {
                *sums = Step<TTerm>(*sums, a, g, parameter);
                sums++;
                a += Width;
                g += Width;
            }

            if (n > 0)
            {
                *sums = Masked<TTerm>(*sums, a, g, rest + n, (int)n, TLanes.Mask((int)n), parameter);
            }
        }

        /// <inheritdoc/>
        public static void AddChannels<TTerm>(float* a, float* g, float* weights, int channels, nint n, nint rest, nint from, nint to, float* map, bool fresh)
            where TTerm : ITerm
        {
            nint i = from;
            for (; i + (4 * Width) <= to; i += 4 * Width)
            {
                AddFour<TTerm>(a + i, g + i, weights, channels, n, map + i, fresh);
            }

            for (; i + Width <= to; i += Width)
            {
                AddOne<TTerm>(a + i, g + i, weights, channels, n, map + i, fresh);
            }

            if (i < to)
            {
                AddTail<TTerm>(a + i, g + i, weights, channels, n, rest + (n - i), (int)(to - i), map + i, fresh);
            }
        }

        // Four vectors of the map stay in registers over all channels: the map is read and written once a block of channels.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void AddFour<TTerm>(float* a, float* g, float* weights, int channels, nint n, float* map, bool fresh)
            where TTerm : ITerm
        {
            TLanes sum0 = fresh ? TLanes.Zero : TLanes.Load(map);
            TLanes sum1 = fresh ? TLanes.Zero : TLanes.Load(map + Width);
            TLanes sum2 = fresh ? TLanes.Zero : TLanes.Load(map + (2 * Width));
            TLanes sum3 = fresh ? TLanes.Zero : TLanes.Load(map + (3 * Width));
            for (int k = 0; k < channels; k++)
            {
                TLanes weight = TLanes.Broadcast(weights is null ? 0 : weights[k]);
                sum0 = Step<TTerm>(sum0, a, g, weight);
                sum1 = Step<TTerm>(sum1, a + Width, g + Width, weight);
                sum2 = Step<TTerm>(sum2, a + (2 * Width), g + (2 * Width), weight);
                sum3 = Step<TTerm>(sum3, a + (3 * Width), g + (3 * Width), weight);
                a += n;
                g += n;
            }

            TLanes.Store(sum0, map);
            TLanes.Store(sum1, map + Width);
            TLanes.Store(sum2, map + (2 * Width));
            TLanes.Store(sum3, map + (3 * Width));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void AddOne<TTerm>(float* a, float* g, float* weights, int channels, nint n, float* map, bool fresh)
            where TTerm : ITerm
        {
            TLanes sum = fresh ? TLanes.Zero : TLanes.Load(map);
            for (int k = 0; k < channels; k++)
            {
                sum = Step<TTerm>(sum, a, g, TLanes.Broadcast(weights is null ? 0 : weights[k]));
                a += n;
                g += n;
            }

            TLanes.Store(sum, map);
        }

        private static void AddTail<TTerm>(float* a, float* g, float* weights, int channels, nint n, nint rest, int count, float* map, bool fresh)
            where TTerm : ITerm
        {
            TLanes mask = TLanes.Mask(count);
            TLanes sum = fresh ? TLanes.Zero : LanesTail.LoadCopy<TLanes>(map, count);
            for (int k = 0; k < channels; k++)
            {
                nint left = rest + ((channels - 1 - k) * n);
                sum = Masked<TTerm>(sum, a, g, left, count, mask, TLanes.Broadcast(weights is null ? 0 : weights[k]));
                a += n;
                g += n;
            }

            LanesTail.Store(sum, map, count);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TLanes Step<TTerm>(TLanes sum, float* a, float* g, TLanes parameter)
            where TTerm : ITerm
            => TTerm.Add(sum, TTerm.ReadsActivation ? TLanes.Load(a) : TLanes.Zero, TTerm.ReadsGradient ? TLanes.Load(g) : TLanes.Zero, parameter);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TLanes Masked<TTerm>(TLanes sum, float* a, float* g, nint left, int count, TLanes mask, TLanes parameter)
            where TTerm : ITerm
            => TTerm.Add(
                sum,
                TTerm.ReadsActivation ? LanesTail.Load(a, left, count, mask) : TLanes.Zero,
                TTerm.ReadsGradient ? LanesTail.Load(g, left, count, mask) : TLanes.Zero,
                parameter);
    }
}

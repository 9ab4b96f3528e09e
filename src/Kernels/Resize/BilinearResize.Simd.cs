using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Resize;

public static partial class BilinearResize
{
    /// <summary>Sixteen columns at a time; the horizontal pass looks up or gathers.</summary>
    internal readonly unsafe struct SimdVariant<TLanes> : IResizeVariant
        where TLanes : unmanaged, ILanes<TLanes>
    {
        private const int Width = LanesTail.Width;

        /// <inheritdoc/>
        public static void Horizontal(float* source, int sourceWidth, nint left, int* first, int* second, float* share, float* row, int width, bool rectify)
        {
            // A row that fits into one vector is looked up in it: gathers cost many times as much.
            bool isTable = sourceWidth <= Width;
            TLanes table = isTable ? LanesTail.Load(source, left, sourceWidth, TLanes.Mask(sourceWidth)) : TLanes.Zero;
            for (int x = 0; x < width; x += Width)
            {
                TLanes a = isTable ? TLanes.Lookup(table, first + x) : TLanes.Gather(source, first + x);
                TLanes b = isTable ? TLanes.Lookup(table, second + x) : TLanes.Gather(source, second + x);
                if (rectify)
                {
                    a = TLanes.Relu(a);
                    b = TLanes.Relu(b);
                }

                TLanes poison = (a - a) + (b - b);
                TLanes.Store(TLanes.FusedMultiplyAdd(TLanes.Load(share + x), b - a, a) + poison, row + x);
            }
        }

        /// <inheritdoc/>
        public static void Vertical(float* top, float* bottom, float share, float* target, int width)
        {
            TLanes t = TLanes.Broadcast(share);
            int x = 0;
            for (; x + Width <= width; x += Width)
            {
                TLanes.Store(Lerp(top + x, bottom + x, t), target + x);
            }

            // The two rows are padded, the target is not.
            if (x < width)
            {
                LanesTail.Store(Lerp(top + x, bottom + x, t), target + x, width - x);
            }
        }

        /// <inheritdoc/>
        public static void VerticalExtrema(float* top, float* bottom, float share, int width, float* extremes)
        {
            TLanes t = TLanes.Broadcast(share);
            TLanes least = TLanes.Load(extremes);
            TLanes greatest = TLanes.Load(extremes + Width);
            for (int x = 0; x < width; x += Width)
            {
                TLanes value = Lerp(top + x, bottom + x, t);
                least = TLanes.Lower(value, least);
                greatest = TLanes.Higher(value, greatest);
            }

            TLanes.Store(least, extremes);
            TLanes.Store(greatest, extremes + Width);
        }

        private static TLanes Lerp(float* top, float* bottom, TLanes share)
        {
            TLanes upper = TLanes.Load(top);
            return TLanes.FusedMultiplyAdd(share, TLanes.Load(bottom) - upper, upper);
        }
    }
}

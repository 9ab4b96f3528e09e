using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Extrema;

public static partial class MapExtrema
{
    // Two vectors in flight: minima and maxima are four chains, as many as hide their latency.
    private static unsafe void FindSimd<TLanes>(float* values, int count, out float minimum, out float maximum, out bool hasNaN)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        const int width = LanesTail.Width;
        if (count < width)
        {
            FindScalar(values, count, out minimum, out maximum, out hasNaN);
            return;
        }

        TLanes least0 = TLanes.Broadcast(float.PositiveInfinity);
        TLanes least1 = least0;
        TLanes greatest0 = TLanes.Broadcast(float.NegativeInfinity);
        TLanes greatest1 = greatest0;
        TLanes nan = TLanes.Zero;
        int i = 0;
        for (; i + (2 * width) <= count; i += 2 * width)
        {
            TLanes value0 = TLanes.Load(values + i);
            TLanes value1 = TLanes.Load(values + i + width);
            least0 = TLanes.Lower(value0, least0);
            least1 = TLanes.Lower(value1, least1);
            greatest0 = TLanes.Higher(value0, greatest0);
            greatest1 = TLanes.Higher(value1, greatest1);
            nan = TLanes.Or(nan, TLanes.Or(TLanes.IsNaN(value0), TLanes.IsNaN(value1)));
        }

        // The last one or two vectors overlap what was seen: extremes do not mind.
        for (int left = count - i; left > 0; left -= width)
        {
            TLanes value = TLanes.Load(values + int.Min(count - left, count - width));
            least0 = TLanes.Lower(value, least0);
            greatest0 = TLanes.Higher(value, greatest0);
            nan = TLanes.Or(nan, TLanes.IsNaN(value));
        }

        minimum = TLanes.Minimum(TLanes.Lower(least0, least1));
        maximum = TLanes.Maximum(TLanes.Higher(greatest0, greatest1));
        hasNaN = TLanes.AnyOnes(nan);
    }
}

using System.Runtime.CompilerServices;

namespace CAManim.Native.Kernels.Lanes;

/// <summary>Fewer than sixteen floats at the end of a row, without touching what lies behind the buffer.</summary>
internal static unsafe class LanesTail
{
    /// <summary>Floats in one <see cref="ILanes{TSelf}"/>.</summary>
    public const int Width = 16;

    /// <summary>
    /// The first <paramref name="count"/> floats, the other lanes 0. Reads on where the buffer holds <paramref name="left"/> &gt;= 16
    /// floats from here (rows lie one behind the other), else copies.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<TLanes>(float* source, nint left, int count, TLanes mask)
        where TLanes : unmanaged, ILanes<TLanes>
        => left >= Width ? TLanes.And(TLanes.Load(source), mask) : LoadCopy<TLanes>(source, count);

    /// <summary>The first <paramref name="count"/> floats, the other lanes 0; reads no others.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static TLanes LoadCopy<TLanes>(float* source, int count)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        float* copy = stackalloc float[Width];
        for (int lane = 0; lane < Width; lane++)
        {
            copy[lane] = lane < count ? source[lane] : 0;
        }

        return TLanes.Load(copy);
    }

    /// <summary>Writes the first <paramref name="count"/> lanes; touches nothing behind them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Store<TLanes>(TLanes value, float* target, int count)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        float* copy = stackalloc float[Width];
        TLanes.Store(value, copy);
        for (int lane = 0; lane < count; lane++)
        {
            target[lane] = copy[lane];
        }
    }
}

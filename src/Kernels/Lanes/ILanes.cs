using System.Numerics;

namespace CAManim.Native.Kernels.Lanes;

/// <summary>
/// Sixteen floats that are worked on together: one 512-bit or two 256-bit vectors.
/// </summary>
/// <remarks>
/// Both widths hold the same sixteen lanes, so a traversal written once over <typeparamref name="TSelf"/> groups its terms
/// the same way on both and gives the same bits.
/// </remarks>
internal unsafe interface ILanes<TSelf> :
    IAdditionOperators<TSelf, TSelf, TSelf>,
    ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>,
    IDivisionOperators<TSelf, TSelf, TSelf>
    where TSelf : unmanaged, ILanes<TSelf>
{
    /// <summary>All lanes zero.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>The same value in every lane.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary>The lanes below <paramref name="count"/> all ones, the others all zeros.</summary>
    static abstract TSelf Mask(int count);

    /// <summary>Sixteen floats from any address.</summary>
    static abstract TSelf Load(float* source);

    /// <summary>Sixteen floats from <paramref name="source"/>[index[i]].</summary>
    static abstract TSelf Gather(float* source, int* index);

    /// <summary>Lane index[i] of <paramref name="table"/> in lane i; indices are 0 to 15.</summary>
    static abstract TSelf Lookup(TSelf table, int* index);

    /// <summary>Writes sixteen floats to any address.</summary>
    static abstract void Store(TSelf value, float* target);

    /// <summary>a·b + c, rounded once.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>Bitwise and: with a mask of ones and zeros, keeps lanes or clears them, NaN included.</summary>
    static abstract TSelf And(TSelf a, TSelf b);

    /// <summary>Bitwise or.</summary>
    static abstract TSelf Or(TSelf a, TSelf b);

    /// <summary>All ones where the value is NaN, else all zeros.</summary>
    static abstract TSelf IsNaN(TSelf value);

    /// <summary>Whether any bit of any lane is set.</summary>
    static abstract bool AnyOnes(TSelf value);

    /// <summary>|value|, NaN stays NaN.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>0 where value &lt; 0, else value (NaN stays NaN).</summary>
    static abstract TSelf Relu(TSelf value);

    /// <summary><paramref name="value"/> where <paramref name="test"/> is not 0 (NaN counts as not 0), else 0.</summary>
    static abstract TSelf WhereNotZero(TSelf test, TSelf value);

    /// <summary><paramref name="value"/> where <paramref name="test"/> is at least <paramref name="threshold"/>, else 0 (NaN counts as less).</summary>
    static abstract TSelf WhereAtLeast(TSelf test, TSelf threshold, TSelf value);

    /// <summary>Each lane's left neighbour: lane 15 of <paramref name="before"/>, then lanes 0 to 14 of <paramref name="value"/>.</summary>
    static abstract TSelf Left(TSelf before, TSelf value);

    /// <summary>Each lane's right neighbour: lanes 1 to 15 of <paramref name="value"/>, then lane 0 of <paramref name="after"/>.</summary>
    static abstract TSelf Right(TSelf value, TSelf after);

    /// <summary>Lanes 0, 2, 4, ... of the thirty-two in <paramref name="low"/> and <paramref name="high"/>.</summary>
    static abstract TSelf Evens(TSelf low, TSelf high);

    /// <summary>Lanes 1, 3, 5, ... of the thirty-two in <paramref name="low"/> and <paramref name="high"/>.</summary>
    static abstract TSelf Odds(TSelf low, TSelf high);

    /// <summary>even0, odd0, even1, odd1, ... odd7.</summary>
    static abstract TSelf InterleaveLow(TSelf evens, TSelf odds);

    /// <summary>even8, odd8, even9, ... odd15.</summary>
    static abstract TSelf InterleaveHigh(TSelf evens, TSelf odds);

    /// <summary><paramref name="candidate"/> where it is below <paramref name="best"/>, else <paramref name="best"/>: NaN candidates are passed over.</summary>
    static abstract TSelf Lower(TSelf candidate, TSelf best);

    /// <summary><paramref name="candidate"/> where it is above <paramref name="best"/>, else <paramref name="best"/>: NaN candidates are passed over.</summary>
    static abstract TSelf Higher(TSelf candidate, TSelf best);

    /// <summary>Lanes 0..7 + 8..15, then 0..3 + 4..7, then 0, 1 + 2, 3, then 0 + 1.</summary>
    static abstract float Sum(TSelf value);

    /// <summary>The smallest lane; no lane is NaN.</summary>
    static abstract float Minimum(TSelf value);

    /// <summary>The largest lane; no lane is NaN.</summary>
    static abstract float Maximum(TSelf value);
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CAManim.Native.Kernels.Lanes;

/// <summary>Sixteen floats in two 256-bit vectors.</summary>
internal readonly unsafe struct Lanes256(Vector256<float> low, Vector256<float> high) : ILanes<Lanes256>
{
    private readonly Vector256<float> _low = low;
    private readonly Vector256<float> _high = high;

    /// <summary>Lanes 0 to 7.</summary>
    public Vector256<float> Low => _low;

    /// <summary>Lanes 8 to 15.</summary>
    public Vector256<float> High => _high;

    /// <inheritdoc/>
    public static Lanes256 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<float>.Zero, Vector256<float>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left._low + right._low, left._high + right._high);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left._low - right._low, left._high - right._high);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left._low * right._low, left._high * right._high);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator /(Lanes256 left, Lanes256 right) => new(left._low / right._low, left._high / right._high);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Broadcast(float value) => new(Vector256.Create(value), Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Mask(int count) => new(
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle(),
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count - 8)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(float* source) => new(Vector256.Load(source), Vector256.Load(source + 8));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Gather(float* source, int* index) => new(GatherEight(source, index), GatherEight(source, index + 8));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Lookup(Lanes256 table, int* index) => new(LookupEight(table, index), LookupEight(table, index + 8));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256 value, float* target)
    {
        value._low.Store(target);
        value._high.Store(target + 8);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 FusedMultiplyAdd(Lanes256 a, Lanes256 b, Lanes256 c) =>
        new(Vector256.FusedMultiplyAdd(a._low, b._low, c._low), Vector256.FusedMultiplyAdd(a._high, b._high, c._high));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 And(Lanes256 a, Lanes256 b) => new(a._low & b._low, a._high & b._high);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Or(Lanes256 a, Lanes256 b) => new(a._low | b._low, a._high | b._high);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 IsNaN(Lanes256 value) => new(~Vector256.Equals(value._low, value._low), ~Vector256.Equals(value._high, value._high));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyOnes(Lanes256 value) => !Vector256.EqualsAll((value._low | value._high).AsInt32(), Vector256<int>.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Abs(Lanes256 value) => new(Vector256.Abs(value._low), Vector256.Abs(value._high));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Relu(Lanes256 value) => new(
        Vector256.ConditionalSelect(Vector256.LessThan(value._low, Vector256<float>.Zero), Vector256<float>.Zero, value._low),
        Vector256.ConditionalSelect(Vector256.LessThan(value._high, Vector256<float>.Zero), Vector256<float>.Zero, value._high));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 WhereNotZero(Lanes256 test, Lanes256 value) => new(
        Vector256.ConditionalSelect(Vector256.Equals(test._low, Vector256<float>.Zero), Vector256<float>.Zero, value._low),
        Vector256.ConditionalSelect(Vector256.Equals(test._high, Vector256<float>.Zero), Vector256<float>.Zero, value._high));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 WhereAtLeast(Lanes256 test, Lanes256 threshold, Lanes256 value) => new(
        Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(test._low, threshold._low), value._low, Vector256<float>.Zero),
        Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(test._high, threshold._high), value._high, Vector256<float>.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Left(Lanes256 before, Lanes256 value) => new(LeftEight(before._high, value._low), LeftEight(value._low, value._high));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Right(Lanes256 value, Lanes256 after) => new(RightEight(value._low, value._high), RightEight(value._high, after._low));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Evens(Lanes256 low, Lanes256 high) => new(EvensEight(low._low, low._high), EvensEight(high._low, high._high));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Odds(Lanes256 low, Lanes256 high) => new(OddsEight(low._low, low._high), OddsEight(high._low, high._high));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 InterleaveLow(Lanes256 evens, Lanes256 odds) => InterleaveEight(evens._low, odds._low);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 InterleaveHigh(Lanes256 evens, Lanes256 odds) => InterleaveEight(evens._high, odds._high);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Lower(Lanes256 candidate, Lanes256 best) => new(LowerEight(candidate._low, best._low), LowerEight(candidate._high, best._high));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Higher(Lanes256 candidate, Lanes256 best) => new(HigherEight(candidate._low, best._low), HigherEight(candidate._high, best._high));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes256 value) => SumEight(value._low + value._high);

    /// <inheritdoc/>
    public static float Minimum(Lanes256 value)
    {
        float* eight = stackalloc float[8];
        LowerEight(value._low, value._high).Store(eight);
        float least = eight[0];
        for (int lane = 1; lane < 8; lane++)
        {
            least = eight[lane] < least ? eight[lane] : least;
        }

        return least;
    }

    /// <inheritdoc/>
    public static float Maximum(Lanes256 value)
    {
        float* eight = stackalloc float[8];
        HigherEight(value._low, value._high).Store(eight);
        float greatest = eight[0];
        for (int lane = 1; lane < 8; lane++)
        {
            greatest = eight[lane] > greatest ? eight[lane] : greatest;
        }

        return greatest;
    }

    /// <summary>0..3 + 4..7, then 0, 1 + 2, 3, then 0 + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float SumEight(Vector256<float> value)
    {
        Vector128<float> four = value.GetLower() + value.GetUpper();
        four += Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return four.ToScalar() + Vector128.Shuffle(four, Vector128.Create(1, 0, 3, 2)).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LookupEight(Lanes256 table, int* index)
    {
        if (Avx2.IsSupported)
        {
            // The permutation looks at the three lowest bits only.
            Vector256<int> lanes = Vector256.Load(index);
            Vector256<float> low = Avx2.PermuteVar8x32(table._low, lanes);
            Vector256<float> high = Avx2.PermuteVar8x32(table._high, lanes);
            return Vector256.ConditionalSelect(Vector256.GreaterThan(lanes, Vector256.Create(7)).AsSingle(), high, low);
        }

        float* copy = stackalloc float[LanesTail.Width];
        Store(table, copy);
        return GatherEight(copy, index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> GatherEight(float* source, int* index) => Avx2.IsSupported
        ? Avx2.GatherVector256(source, Vector256.Load(index), sizeof(float))
        : Vector256.Create(
            source[index[0]], source[index[1]], source[index[2]], source[index[3]], source[index[4]], source[index[5]], source[index[6]], source[index[7]]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LeftEight(Vector256<float> before, Vector256<float> value)
    {
        if (Avx2.IsSupported)
        {
            Vector256<float> middle = Avx.Permute2x128(before, value, 0x21);
            return Avx2.AlignRight(value.AsByte(), middle.AsByte(), 12).AsSingle();
        }

        Vector256<int> order = Vector256.Create(7, 0, 1, 2, 3, 4, 5, 6);
        Vector256<float> first = Vector256.Create(-1, 0, 0, 0, 0, 0, 0, 0).AsSingle();
        return Vector256.ConditionalSelect(first, Vector256.Shuffle(before, order), Vector256.Shuffle(value, order));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> RightEight(Vector256<float> value, Vector256<float> after)
    {
        if (Avx2.IsSupported)
        {
            Vector256<float> middle = Avx.Permute2x128(value, after, 0x21);
            return Avx2.AlignRight(middle.AsByte(), value.AsByte(), 4).AsSingle();
        }

        Vector256<int> order = Vector256.Create(1, 2, 3, 4, 5, 6, 7, 0);
        Vector256<float> last = Vector256.Create(0, 0, 0, 0, 0, 0, 0, -1).AsSingle();
        return Vector256.ConditionalSelect(last, Vector256.Shuffle(after, order), Vector256.Shuffle(value, order));
    }

    // Each operand's even lanes to its lower half, then the two halves side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> EvensEight(Vector256<float> first, Vector256<float> second)
    {
        Vector256<int> order = Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7);
        return Vector256.Create(Vector256.Shuffle(first, order).GetLower(), Vector256.Shuffle(second, order).GetLower());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> OddsEight(Vector256<float> first, Vector256<float> second)
    {
        Vector256<int> order = Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7);
        return Vector256.Create(Vector256.Shuffle(first, order).GetUpper(), Vector256.Shuffle(second, order).GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes256 InterleaveEight(Vector256<float> evens, Vector256<float> odds)
    {
        Vector256<int> order = Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7);
        return new(
            Vector256.Shuffle(Vector256.Create(evens.GetLower(), odds.GetLower()), order),
            Vector256.Shuffle(Vector256.Create(evens.GetUpper(), odds.GetUpper()), order));
    }

    // minps and maxps return their second operand where either is NaN: exactly the rule, in one instruction.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LowerEight(Vector256<float> candidate, Vector256<float> best) => Avx.IsSupported
        ? Avx.Min(candidate, best)
        : Vector256.ConditionalSelect(Vector256.LessThan(candidate, best), candidate, best);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> HigherEight(Vector256<float> candidate, Vector256<float> best) => Avx.IsSupported
        ? Avx.Max(candidate, best)
        : Vector256.ConditionalSelect(Vector256.GreaterThan(candidate, best), candidate, best);
}

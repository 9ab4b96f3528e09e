using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CAManim.Native.Kernels.Lanes;

/// <summary>Sixteen floats in one 512-bit vector.</summary>
internal readonly unsafe struct Lanes512(Vector512<float> value) : ILanes<Lanes512>
{
    private readonly Vector512<float> _value = value;

    /// <inheritdoc/>
    public static Lanes512 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<float>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 left, Lanes512 right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 left, Lanes512 right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator /(Lanes512 left, Lanes512 right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Broadcast(float value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Mask(int count) => new(Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(float* source) => new(Vector512.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Gather(float* source, int* index) =>
        new(Vector512.Create(Lanes256.GatherEight(source, index), Lanes256.GatherEight(source, index + 8)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Lookup(Lanes512 table, int* index) => Avx512F.IsSupported
        ? new(Avx512F.PermuteVar16x32(table._value, Vector512.Load(index)))
        : Join(Lanes256.Lookup(Split(table), index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512 value, float* target) => value._value.Store(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 FusedMultiplyAdd(Lanes512 a, Lanes512 b, Lanes512 c) => new(Vector512.FusedMultiplyAdd(a._value, b._value, c._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 And(Lanes512 a, Lanes512 b) => new(a._value & b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Or(Lanes512 a, Lanes512 b) => new(a._value | b._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 IsNaN(Lanes512 value) => new(~Vector512.Equals(value._value, value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyOnes(Lanes512 value) => !Vector512.EqualsAll(value._value.AsInt32(), Vector512<int>.Zero);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Abs(Lanes512 value) => new(Vector512.Abs(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Relu(Lanes512 value) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(value._value, Vector512<float>.Zero), Vector512<float>.Zero, value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 WhereNotZero(Lanes512 test, Lanes512 value) =>
        new(Vector512.ConditionalSelect(Vector512.Equals(test._value, Vector512<float>.Zero), Vector512<float>.Zero, value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 WhereAtLeast(Lanes512 test, Lanes512 threshold, Lanes512 value) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(test._value, threshold._value), value._value, Vector512<float>.Zero));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Left(Lanes512 before, Lanes512 value) => Avx512F.IsSupported
        ? new(Avx512F.AlignRight32(value._value.AsInt32(), before._value.AsInt32(), 15).AsSingle())
        : Join(Lanes256.Left(Split(before), Split(value)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Right(Lanes512 value, Lanes512 after) => Avx512F.IsSupported
        ? new(Avx512F.AlignRight32(after._value.AsInt32(), value._value.AsInt32(), 1).AsSingle())
        : Join(Lanes256.Right(Split(value), Split(after)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Evens(Lanes512 low, Lanes512 high) => Avx512F.IsSupported
        ? new(Avx512F.PermuteVar16x32x2(low._value, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), high._value))
        : Join(Lanes256.Evens(Split(low), Split(high)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Odds(Lanes512 low, Lanes512 high) => Avx512F.IsSupported
        ? new(Avx512F.PermuteVar16x32x2(low._value, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31), high._value))
        : Join(Lanes256.Odds(Split(low), Split(high)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 InterleaveLow(Lanes512 evens, Lanes512 odds) => Avx512F.IsSupported
        ? new(Avx512F.PermuteVar16x32x2(evens._value, Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), odds._value))
        : Join(Lanes256.InterleaveLow(Split(evens), Split(odds)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 InterleaveHigh(Lanes512 evens, Lanes512 odds) => Avx512F.IsSupported
        ? new(Avx512F.PermuteVar16x32x2(evens._value, Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), odds._value))
        : Join(Lanes256.InterleaveHigh(Split(evens), Split(odds)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Lower(Lanes512 candidate, Lanes512 best) => Avx512F.IsSupported
        ? new(Avx512F.Min(candidate._value, best._value))
        : new(Vector512.ConditionalSelect(Vector512.LessThan(candidate._value, best._value), candidate._value, best._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Higher(Lanes512 candidate, Lanes512 best) => Avx512F.IsSupported
        ? new(Avx512F.Max(candidate._value, best._value))
        : new(Vector512.ConditionalSelect(Vector512.GreaterThan(candidate._value, best._value), candidate._value, best._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes512 value) => Lanes256.SumEight(value._value.GetLower() + value._value.GetUpper());

    /// <inheritdoc/>
    public static float Minimum(Lanes512 value) => Lanes256.Minimum(new(value._value.GetLower(), value._value.GetUpper()));

    /// <inheritdoc/>
    public static float Maximum(Lanes512 value) => Lanes256.Maximum(new(value._value.GetLower(), value._value.GetUpper()));

    private static Lanes256 Split(Lanes512 value) => new(value._value.GetLower(), value._value.GetUpper());

    private static Lanes512 Join(Lanes256 value) => new(Vector512.Create(value.Low, value.High));
}

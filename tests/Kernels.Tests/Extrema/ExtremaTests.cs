using CAManim.Native.Kernels.Tests.Interop;

namespace CAManim.Native.Kernels.Tests.Extrema;

/// <summary>What every variant of the extremes must do.</summary>
public abstract class ExtremaTests
{
    /// <summary>Largest number of values that every number up to it is tried for; an emulator takes fewer.</summary>
    protected virtual int LongestOfAll => 257;

    protected abstract bool Find(ReadOnlySpan<float> values, out float minimum, out float maximum, out bool hasNaN);

    [Fact]
    public void EveryLengthIsExact()
    {
        for (int count = 1; count <= LongestOfAll; count++)
        {
            using GuardedFloats values = GuardedFloats.Of(Fill.Uniform(count, count));
            Assert.False(Find(values.Span, out float minimum, out float maximum, out bool hasNaN));
            Assert.False(hasNaN);
            Assert.Equal((values.Span.ToArray().Min(), values.Span.ToArray().Max()), (minimum, maximum));
        }
    }

    [Fact]
    public void NaNIsPassedOverWhereverItStands()
    {
        foreach (int count in (ReadOnlySpan<int>)[2, 15, 16, 17, 31, 33, 64, 70])
        {
            for (int position = 0; position < count; position += 1 + (count / LongestOfAll))
            {
                float[] values = Fill.Uniform(count, count);
                values[position] = float.NaN;
                Assert.True(Find(values, out float minimum, out float maximum, out bool hasNaN));
                Assert.True(hasNaN);
                Assert.Equal((values.Where(v => !float.IsNaN(v)).Min(), values.Where(v => !float.IsNaN(v)).Max()), (minimum, maximum));
            }
        }
    }

    [Fact]
    public void InfinitiesCount()
    {
        float[] values = Fill.Uniform(40, 1);
        values[33] = float.NegativeInfinity;
        Assert.True(Find(values, out float minimum, out _, out bool hasNaN));
        Assert.False(hasNaN);
        Assert.Equal(float.NegativeInfinity, minimum);
        values[2] = float.PositiveInfinity;
        Assert.True(Find(values, out _, out float maximum, out _));
        Assert.Equal(float.PositiveInfinity, maximum);
    }

    [Fact]
    public void NothingToFindGivesZeros()
    {
        Assert.False(Find([], out float minimum, out float maximum, out bool hasNaN));
        Assert.Equal((0, 0, false), (minimum, maximum, hasNaN));
        float[] values = new float[35];
        values.AsSpan().Fill(float.NaN);
        Assert.True(Find(values, out minimum, out maximum, out hasNaN));
        Assert.Equal((0, 0, true), (minimum, maximum, hasNaN));
    }
}

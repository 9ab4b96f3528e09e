using CAManim.Native.Engine.Layers;

namespace CAManim.Native.Engine.Tests;

public sealed class DepthPercentileTests
{
    [Theory]
    [InlineData(59, 0, 0)]
    [InlineData(59, 50, 29)]
    [InlineData(59, 100, 58)]
    [InlineData(59, 10, 6)]
    [InlineData(4, 50, 2)]
    [InlineData(1, 70, 0)]
    public void PercentilesRunFromTheFirstFrameToTheLast(int frames, double percentile, int expected) =>
        Assert.Equal(expected, DepthPercentile.FrameAt(frames, percentile));

    [Fact]
    public void WhatIsNoDepthIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DepthPercentile.FrameAt(0, 50));
        Assert.Throws<ArgumentOutOfRangeException>(() => DepthPercentile.FrameAt(5, 101));
        Assert.Throws<ArgumentOutOfRangeException>(() => DepthPercentile.FrameAt(5, double.NaN));
    }
}

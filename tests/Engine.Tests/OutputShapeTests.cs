using CAManim.Native.Engine.Capture;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

public sealed class OutputShapeTests
{
    [Theory]
    [InlineData("1,64,56,56", "1,64,56,56")]
    [InlineData("1,56,56,96", "1,96,56,56")]
    [InlineData("1,197,768", "1,768,14,14")]
    [InlineData("1,196,768", "1,768,14,14")]
    [InlineData("1,201,384", "1,384,14,14")]
    [InlineData("1,8,3,40", "1,8,3,40")]
    public void MapsFoldToChannelsFirst(string shape, string folded)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor output = zeros(Parse(shape));
        Assert.Null(new OutputShape(1, 224, 224).FindSkipReason(output, default, out OutputLayout layout));
        Assert.Equal(Parse(folded), layout.Fold(output).shape);
    }

    [Theory]
    [InlineData("1,1000", "vector")]
    [InlineData("1,512,1,1", "1x1")]
    [InlineData("64,49,96", "windows")]
    [InlineData("1,64,49,64", "windows")]
    [InlineData("1,190,768", "cannot be folded")]
    public void OthersAreSkippedWithTheReason(string shape, string reason)
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Contains(reason, new OutputShape(1, 224, 224).FindSkipReason(zeros(Parse(shape)), default, out _));
    }

    [Fact]
    public void TokensKeepTheirOrder()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor tokens = arange(1 + 6, dtype: ScalarType.Float32).reshape(1, 7, 1);
        Assert.Null(new OutputShape(1, 32, 48).FindSkipReason(tokens, default, out OutputLayout layout));
        Tensor map = layout.Fold(tokens).contiguous();
        Assert.Equal([1, 1, 2, 3], map.shape);
        Assert.Equal([1f, 2, 3, 4, 5, 6], map.data<float>().ToArray());
    }

    [Fact]
    public void ChannelsLastKeepsItsOrder()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor output = arange(1 * 4 * 4 * 9, dtype: ScalarType.Float32).reshape(1, 4, 4, 9);
        Assert.Null(new OutputShape(1, 32, 32).FindSkipReason(output, default, out OutputLayout layout));
        Assert.Equal(output[0, 2, 3, 5].item<float>(), layout.Fold(output)[0, 5, 2, 3].item<float>());
    }

    private static long[] Parse(string shape) => [.. shape.Split(',').Select(long.Parse)];
}

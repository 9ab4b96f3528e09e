using CAManim.Native.Engine.Road.Baselines;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Engine.Tests.Road;

public sealed class RandomMapTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.8)]
    [InlineData(5)]
    public void MapsAreSeededAndFillTheUnitInterval(double sigma)
    {
        LayerMap map = RandomMaps.Blurred("x", 17, 30, sigma, 3);
        Assert.Equal(0, map.Map.ToArray().Min());
        Assert.Equal(1, map.Map.ToArray().Max());
        Assert.Equal(map.Map.ToArray(), RandomMaps.Blurred("x", 17, 30, sigma, 3).Map.ToArray());
        Assert.NotEqual(map.Map.ToArray(), RandomMaps.Blurred("x", 17, 30, sigma, 4).Map.ToArray());
    }

    [Fact]
    public void BlurMakesNeighboursAlike()
    {
        double[] steps = [.. new[] { 0, 1, 3.0 }.Select(sigma =>
        {
            float[] map = RandomMaps.Blurred("x", 40, 40, sigma, 3).Map.ToArray();
            return Enumerable.Range(0, 39 * 40).Average(i => Math.Abs((double)map[i] - map[i + 40]));
        })];
        Assert.True(steps[0] > 2 * steps[1] && steps[1] > 2 * steps[2], string.Join(", ", steps));
    }

    [Fact]
    public void BlurFollowsItsDefinition()
    {
        // One pixel in the middle: rows and columns of the kernel, whose sum is 1.
        float[] plane = new float[9 * 9];
        plane[40] = 1;
        GaussianBlur.Blur(plane, 9, 9, 1);
        double[] weights = [.. Enumerable.Range(-3, 7).Select(i => Math.Exp(-i * i / 2.0))];
        float[] expected = [.. Enumerable.Range(0, 81).Select(i => (i / 9, i % 9)).Select(p =>
            p.Item1 is >= 1 and <= 7 && p.Item2 is >= 1 and <= 7 ? (float)(weights[p.Item1 - 1] * weights[p.Item2 - 1] / (weights.Sum() * weights.Sum())) : 0)];
        Numbers.AssertClose(plane, expected, 1e-7, 1e-5, "blur");

        // At a corner the edge is repeated: a constant stays.
        float[] constant = [.. Enumerable.Repeat(0.25f, 6)];
        GaussianBlur.Blur(constant, 2, 3, 2);
        Numbers.AssertClose(constant, [.. Enumerable.Repeat(0.25f, 6)], 1e-6, 0, "constant");
    }

    [Fact]
    public void BadSizesAreNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomMaps.Blurred("x", 0, 3, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomMaps.Blurred("x", 3, 3, double.NaN, 0));
    }
}

using CAManim.Native.Kernels.Maps;
using CAManim.Native.Report.Textures;

namespace CAManim.Native.Report.Tests.Pages;

public sealed class MapTextureTests
{
    [Fact]
    public void Values_come_back_within_half_a_step()
    {
        Random random = new(8);
        float[] values = [.. Enumerable.Range(0, 1000).Select(_ => ((float)random.NextDouble() * 3) - 1)];
        MapTexture texture = Of(values);
        (float low, float high) = (values.Min(), values.Max());
        Assert.Equal((low, high), (texture.Low, texture.High));
        Assert.All(values.Zip(texture.Bytes), pair => Assert.InRange(Math.Abs(low + (pair.Second * (high - low) / 255) - pair.First), 0, ((high - low) / 510) + 1e-6f));
    }

    [Fact]
    public void A_map_of_one_value_is_zeros() => Assert.Equal(new byte[4], Of([3, 3, 3, 3]).Bytes);

    [Fact]
    public void Values_that_are_not_finite_count_as_zero()
    {
        MapTexture texture = Of([float.NaN, float.PositiveInfinity, float.NegativeInfinity, 2]);
        Assert.Equal((0f, 2f), (texture.Low, texture.High));
        Assert.Equal([0, 0, 0, 255], texture.Bytes);
    }

    private static MapTexture Of(float[] values) => MapTexture.Of(new LayerMap
    {
        Name = "layer",
        ModuleClass = "Conv2d",
        Channels = 1,
        Height = 1,
        Width = values.Length,
        SignedMap = values,
        Map = values,
        Minimum = 0,
        Maximum = 1,
    });
}

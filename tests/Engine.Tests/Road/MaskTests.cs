using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Road.Masks;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Engine.Tests.Road;

public sealed class MaskTests
{
    [Fact]
    public void RankingIsByValueThenPosition()
    {
        float[] values = [3, -1, 0, 3, -0f, float.MinValue, 1e-38f, -1e-38f, float.MaxValue, -1];
        PixelRanking ranking = new(values.Length);
        ranking.Rank(values);
        Assert.Equal([5, 1, 9, 7, 2, 4, 6, 0, 3, 8], Enumerable.Range(0, values.Length).Select(ranking.PositionAt));
    }

    [Fact]
    public void RankingEqualsAStableSort()
    {
        Random random = new(20240101);
        PixelRanking ranking = new(2000);
        for (int round = 0; round < 5; round++)
        {
            float[] values = [.. Enumerable.Range(0, 2000).Select(_ => MathF.Round(((float)random.NextDouble() - 0.5f) * 300) / 8)];
            ranking.Rank(values);
            Assert.Equal(Enumerable.Range(0, 2000).OrderBy(i => values[i]), Enumerable.Range(0, 2000).Select(ranking.PositionAt));
        }
    }

    [Theory]
    [InlineData(20, 8)]
    [InlineData(40, 6)]
    [InlineData(60, 4)]
    [InlineData(80, 2)]
    [InlineData(97, 0)]
    public void ExactRemovesTheRoundedShare(double percentile, int count)
    {
        // Ranks by position: 4 5 6 0 1 2 3 9 8 7; the zeros at 4, 5, 6 come first in their order.
        float[] signed = [1, 2, 3, 4, 0, 0, 0, 9, 8, 7];
        int[] ranked = [4, 5, 6, 0, 1, 2, 3, 9, 8, 7];
        RemovalMasks masks = RemovalMasks.Create(RoadMode.Exact, 2, 5);
        Assert.Null(masks.Load(RoadMaps.Layer("x", 2, 5, signed)));
        byte[] removed = new byte[10];

        Assert.Equal(new Removal(count, null), masks.Fill(percentile, isMostFirst: true, removed));
        Assert.Equal(ranked.Skip(10 - count).Order(), Enumerable.Range(0, 10).Where(i => removed[i] == 1));
        Assert.Equal(new Removal(count, null), masks.Fill(percentile, isMostFirst: false, removed));
        Assert.Equal(ranked.Take(count).Order(), Enumerable.Range(0, 10).Where(i => removed[i] == 1));
    }

    [Fact]
    public void ExactRanksBelowZeroAndReferenceDoesNot()
    {
        LayerMap map = RoadMaps.Layer("x", 1, 5, [-3, -1, -2, 4, 2]);
        byte[] removed = new byte[5];
        RemovalMasks exact = RemovalMasks.Create(RoadMode.Exact, 1, 5);
        exact.Load(map);
        exact.Fill(40, isMostFirst: true, removed);
        Assert.Equal([0, 1, 0, 1, 1], removed);

        // After ReLU 0, 0, 0, 4, 2: the 40th percentile is 0, and nothing lies below it.
        RemovalMasks reference = RemovalMasks.Create(RoadMode.Reference, 1, 5);
        reference.Load(map);
        Assert.Equal(new Removal(5, 0), reference.Fill(40, isMostFirst: true, removed));
    }

    [Fact]
    public void ReferenceFollowsNumpyPercentile()
    {
        // Scaled by hand: 0, 1/4, 1/2, 3/4, 1 (less 1e-7 / 4, which float32 rounds into the divisor).
        RemovalMasks masks = RemovalMasks.Create(RoadMode.Reference, 1, 5);
        masks.Load(RoadMaps.Layer("x", 1, 5, [4, 1, 0, 2, 3]));
        byte[] removed = new byte[5];

        // Position 4 · 0.6 = 2.4: 0.5 + 0.4 · 0.25; kept are 0, 0.25, 0.5.
        Removal most = masks.Fill(60, isMostFirst: true, removed);
        Assert.Equal(0.6f, most.Threshold!.Value, 1e-6f);
        Assert.Equal([1, 0, 0, 0, 1], removed);

        // Of 1 - map: 0, 0.25, 0.5, 0.75, 1 again; kept are the three largest of the map.
        Removal least = masks.Fill(60, isMostFirst: false, removed);
        Assert.Equal(0.6f, least.Threshold!.Value, 1e-6f);
        Assert.Equal([0, 1, 1, 0, 0], removed);
    }

    [Fact]
    public void LowResolutionMapsAreResized()
    {
        RemovalMasks masks = RemovalMasks.Create(RoadMode.Exact, 4, 4);
        masks.Load(RoadMaps.Layer("x", 1, 2, [0, 1]));
        byte[] removed = new byte[16];
        masks.Fill(50, isMostFirst: true, removed);
        Assert.Equal([0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1], removed);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void NonFiniteMapsRankNothing(float value) =>
        Assert.Contains("NaN or infinity", RemovalMasks.Create(RoadMode.Exact, 2, 2).Load(RoadMaps.Layer("x", 2, 2, [1, 2, value, 3])));

    [Fact]
    public void ConstantMapsRankNothing() =>
        Assert.Contains("one value", RemovalMasks.Create(RoadMode.Exact, 6, 6).Load(RoadMaps.Layer("x", 2, 2, [0.3f, 0.3f, 0.3f, 0.3f])));

    [Fact]
    public void EqualMapsAreOneGroup()
    {
        float[] hills = RoadMaps.Hills(3, 4, 1);
        LayerMap[] layers =
        [
            RoadMaps.Layer("a", 3, 4, hills),
            RoadMaps.Layer("b", 4, 3, hills),
            RoadMaps.Layer("c", 3, 4, RoadMaps.Hills(3, 4, 2)),
            RoadMaps.Layer("d", 3, 4, [.. hills]),
        ];
        Assert.Equal(["a d", "b", "c"], MapGroups.Find(layers, l => l.SignedMap).Select(g => string.Join(' ', g.Select(l => l.Name))));
    }
}

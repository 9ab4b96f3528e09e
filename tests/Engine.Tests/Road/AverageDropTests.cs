using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road.Drops;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Engine.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Road;

public sealed class AverageDropTests
{
    [Fact]
    public void ValuesFollowTheFormulas()
    {
        LayerDrop drop = AverageDrop.Compare("x", 0.8f, 0.6f, [0, 0.5f, 1, 0.5f], [0, 1, 1, 0]);

        // Deviations from 1/2: (-.5, 0, .5, 0) and (-.5, .5, .5, -.5): r = 0.5 / sqrt(0.5 · 1).
        double coherency = (1 + (0.5 / Math.Sqrt(0.5))) / 2;
        Assert.Equal(0.25, drop.Drop!.Value, 1e-6);
        Assert.False(drop.IsIncrease);
        Assert.Equal(0.5, drop.Complexity!.Value, 1e-6);
        Assert.Equal(coherency, drop.Coherency!.Value, 1e-6);
        Assert.Equal(3 / ((1 / coherency) + (1 / 0.5) + (1 / 0.75)), drop.Adcc!.Value, 1e-6);

        LayerDrop rise = AverageDrop.Compare("x", 0.5f, 0.6f, [0, 1], null);
        Assert.Equal(0, rise.Drop);
        Assert.True(rise.IsIncrease);
        Assert.Null(rise.Adcc);
        Assert.Equal(0, AverageDrop.Compare("x", 0.5f, 0, [0, 1], [0, 1]).Adcc);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void EveryLayerIsComparedWithItsOwnSecondMap(int batchSize)
    {
        using DisposeScope scope = NewDisposeScope();
        var net = TestNets.Chain(inplace: false);
        Tensor input = TestNets.Input();
        CamResult maps = new CamEngine(net).Run(input, new CamOptions { Method = CamMethod.LayerCAM, Target = Target.Class(1) });
        IReadOnlyList<LayerDrop> drops = AverageDrop.Score(net, input, maps, batchSize);

        Assert.Equal(maps.Frames.Select(f => f.Name), drops.Select(d => d.Name));
        for (int i = 0; i < drops.Count; i++)
        {
            Assert.Null(drops[i].Reason);
            float[] scaled = Scaled(maps.Frames[i]);
            Tensor masked = input * tensor(scaled).reshape(1, 1, 9, 9);
            CamResult again = new CamEngine(net).Run(masked, new CamOptions { Method = CamMethod.LayerCAM, Target = Target.Class(1) });
            LayerDrop expected = AverageDrop.Compare(drops[i].Name, maps.Probability, again.Probability, scaled, Scaled(again.Frames[i]));
            Assert.Equal(expected.Score!.Value, drops[i].Score!.Value, 1e-6);
            Assert.Equal(expected.Adcc!.Value, drops[i].Adcc!.Value, 1e-4);
        }
    }

    [Fact]
    public void ConstantAndNanMapsHaveReasons()
    {
        using DisposeScope scope = NewDisposeScope();
        CamResult maps = RoadMaps.Result(9, 9, 1, RoadMaps.Layer("flat", 1, 1, [1]), RoadMaps.Layer("nan", 1, 2, [1, float.NaN]));
        Assert.All(AverageDrop.Score(TestNets.Chain(inplace: false), TestNets.Input(), maps), d =>
        {
            Assert.NotNull(d.Reason);
            Assert.Null(d.Drop);
        });
    }

    private static float[] Scaled(Kernels.Maps.LayerMap layer)
    {
        float[] map = new float[81];
        Kernels.Resize.BilinearResize.Resize(layer.Map.Span, layer.Height, layer.Width, map, 9, 9);
        float minimum = map.Min();
        float range = map.Max() - minimum;
        return [.. map.Select(v => (v - minimum) / range)];
    }
}

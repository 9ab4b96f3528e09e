using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Road.Baselines;
using CAManim.Native.Engine.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Road;

public sealed class BaselineTests
{
    [Fact]
    public void RandomCamHasTheSelectedLayersAndNoiseItsBlurs()
    {
        using DisposeScope scope = NewDisposeScope();
        CamOptions selection = new() { Layers = LayerSelection.Parse("conv1,relu2"), Seed = 4 };
        RoadBaselineResult result = RoadBaselines.Score(TestNets.Chain(inplace: false), TestNets.Input(), 1, selection);

        Assert.Equal(["conv1", "relu2"], result.RandomCam.Layers.Select(l => l.Name));
        Assert.Equal(1, result.RandomCam.ClassIndex);
        Assert.Equal(["white noise", "noise, sigma 1/64", "noise, sigma 1/32", "noise, sigma 1/16", "noise, sigma 1/8"], result.RandomMaps.Layers.Select(l => l.Name));
        Assert.All(result.RandomMaps.Layers, l => Assert.NotNull(l.Road));

        RoadBaselineResult again = RoadBaselines.Score(TestNets.Chain(inplace: false), TestNets.Input(), 1, selection);
        Assert.Equal(result.RandomMaps.Layers.Select(l => l.Road), again.RandomMaps.Layers.Select(l => l.Road));
        Assert.Equal(result.RandomCam.Layers.Select(l => l.Road), again.RandomCam.Layers.Select(l => l.Road));
    }

    [Fact]
    public void NoiseKeysDifferInEveryPart()
    {
        var key = RoadNoise.Key(1, 0, RoadNoise.Hash("layer1"), 20, isMostFirst: true);
        Assert.Equal(key, RoadNoise.Key(1, 0, RoadNoise.Hash("layer1"), 20, isMostFirst: true));
        Assert.NotEqual(key, RoadNoise.Key(2, 0, RoadNoise.Hash("layer1"), 20, isMostFirst: true));
        Assert.NotEqual(key, RoadNoise.Key(1, 1, RoadNoise.Hash("layer1"), 20, isMostFirst: true));
        Assert.NotEqual(key, RoadNoise.Key(1, 0, RoadNoise.Hash("layer2"), 20, isMostFirst: true));
        Assert.NotEqual(key, RoadNoise.Key(1, 0, RoadNoise.Hash("layer1"), 40, isMostFirst: true));
        Assert.NotEqual(key, RoadNoise.Key(1, 0, RoadNoise.Hash("layer1"), 20, isMostFirst: false));
    }

    [Fact]
    public void SelectedLayersScoreAsInTheWholeSeries()
    {
        using DisposeScope scope = NewDisposeScope();
        var net = TestNets.Chain(inplace: false);
        var maps = new CamEngine(net).Run(TestNets.Input());
        YbRoadResult whole = YbRoad.Score(net, TestNets.Input(), maps);
        YbRoadResult one = YbRoad.Score(net, TestNets.Input(), maps with { Frames = [maps.Frames.Single(f => f.Name == "conv2")] });
        Assert.Equal(whole.Layers.Single(l => l.Name == "conv2").Road!.Value, one.Layers[0].Road!.Value, 1e-6);
    }

    [Fact]
    public void KernelAndSlowSolverGiveOneScore()
    {
        using DisposeScope scope = NewDisposeScope();
        var net = TestNets.Chain(inplace: false);
        var maps = new CamEngine(net).Run(TestNets.Input());
        YbRoadResult fast = YbRoad.Score(net, TestNets.Input(), maps);
        YbRoadResult slow = YbRoad.Score(net, TestNets.Input(), maps, null, new SlowImputer(), null, null, default);
        Numbers.AssertClose([.. fast.Layers.Select(l => l.Road!.Value)], [.. slow.Layers.Select(l => l.Road!.Value)], 1e-4, 0, "ROAD");
    }
}

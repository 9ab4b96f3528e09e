using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Road.Adaptive;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Engine.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Road;

public sealed class AdaptiveTests
{
    private static readonly double[] Percents = [80, 20, 50];

    [Fact]
    public void EveryLayerGetsTheThresholdOfItsBestScore()
    {
        using DisposeScope scope = NewDisposeScope();
        nn.Module<Tensor, Tensor> network = TestNets.Chain(inplace: false);
        Tensor input = TestNets.Input();
        CamResult maps = new CamEngine(network).Run(input, new CamOptions { Method = CamMethod.GradCAM, Target = Target.Class(1) });
        AdaptiveResult result = AdaptiveThreshold.Apply(network, input, maps, Percents, new RoadOptions { Noise = 0 });

        Assert.Equal(maps.Frames.Select(f => f.Name), result.Layers.Select(l => l.Name));
        Check(result, network, input, percent => maps with
        {
            Frames = [.. maps.Frames.Select(f =>
            {
                float[] kept = Threshold(f.SignedMap.ToArray(), percent);
                return f with { SignedMap = kept, Map = kept };
            })],
        });
    }

    [Fact]
    public void TheConsensusIsChosenToo()
    {
        using DisposeScope scope = NewDisposeScope();
        nn.Module<Tensor, Tensor> network = TestNets.Chain(inplace: false);
        Tensor input = TestNets.Input();
        CamMethod[] methods = [CamMethod.GradCAM, CamMethod.HiResCAM, CamMethod.LayerCAM];
        CamOptions options = new() { Components = methods };
        CamResult[] components = [.. new CamEngine(network).RunMany(input, methods, [Target.Class(1)])[0]];
        AdaptiveResult result = AdaptiveThreshold.ApplyToConsensus(network, input, components, Percents, new RoadOptions { Noise = 0 });

        Assert.Equal(CamMethod.MetaCAM, result.Maps.Method);
        Check(result, network, input, percent => new CamEngine(network).Run(input, options with { Method = CamMethod.MetaCAM, TopPercent = percent, Target = Target.Class(1) }));
    }

    [Fact]
    public void PercentagesOutOfRangeAreRefused()
    {
        using DisposeScope scope = NewDisposeScope();
        nn.Module<Tensor, Tensor> network = TestNets.Chain(inplace: false);
        CamResult maps = new CamEngine(network).Run(TestNets.Input());
        Assert.Contains("0, 50", Assert.Throws<CamException>(() => AdaptiveThreshold.Apply(network, TestNets.Input(), maps, [50, 0])).Message);
        Assert.Throws<ArgumentException>(() => AdaptiveThreshold.ApplyToConsensus(network, TestNets.Input(), []));
    }

    private static void Check(AdaptiveResult result, nn.Module<Tensor, Tensor> network, Tensor input, Func<double, CamResult> mapsAt)
    {
        Dictionary<double, CamResult> tried = Percents.ToDictionary(p => p, p => YbRoad.Score(network, input, mapsAt(p), new RoadOptions { Noise = 0 }).WithRoad(mapsAt(p)));
        for (int i = 0; i < result.Layers.Count; i++)
        {
            AdaptiveLayer layer = result.Layers[i];
            float? best = tried.Values.Max(t => t.Frames[i].Road);
            Assert.Equal(best, layer.Road);
            Assert.Equal(best, result.Maps.Frames[i].Road);
            Assert.Equal(best is null ? 80 : Percents.Order().First(p => tried[p].Frames[i].Road == best), layer.Percent);
            Assert.Equal(tried[layer.Percent].Frames[i].SignedMap.ToArray(), result.Maps.Frames[i].SignedMap.ToArray());
        }

        Assert.Contains(result.Layers, l => l.Road is not null);
    }

    private static float[] Threshold(float[] map, double percent)
    {
        int count = Math.Max(1, (int)Math.Round(percent / 100 * map.Length));
        HashSet<int> top = [.. Enumerable.Range(0, map.Length).OrderBy(i => Math.Max(map[i], 0)).ThenBy(i => i).TakeLast(count)];
        return [.. map.Select((v, i) => top.Contains(i) && v > 0 ? v : 0)];
    }
}

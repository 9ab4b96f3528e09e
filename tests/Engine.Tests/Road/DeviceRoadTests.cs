using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Tests.Networks;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Road;

/// <summary>ROAD with images made by a device's kernels, on the emulator, against the processor's.</summary>
public sealed class DeviceRoadTests
{
    private const int Side = 12;

    // Both imputations are within 1e-4 of the exact solution; scores are steeper nowhere than the tests' network.
    private const double Tolerance = 1e-4;

    private static readonly LayerMap[] Maps =
    [
        RoadMaps.Layer("one", Side, Side, RoadMaps.Hills(Side, Side, 1)),
        RoadMaps.Layer("two", 5, 4, RoadMaps.Hills(5, 4, 2)),
        RoadMaps.Layer("again", Side, Side, RoadMaps.Hills(Side, Side, 1)),
        RoadMaps.Layer("flat", 2, 2, [1, 1, 1, 1]),
        RoadMaps.Layer("ties", 4, 4, [0, 0, 0, 0, 0, 0, 0, 0, -0f, 0, 0, 0, 0, 0, 0, 1]),
        RoadMaps.Layer("nan", 2, 2, [1, float.NaN, 0, 2]),
        RoadMaps.Layer("fine", 2 * Side, 2 * Side, RoadMaps.Hills(2 * Side, 2 * Side, 4)),
    ];

    [Theory]
    [InlineData(16, 1)]
    [InlineData(3, 1)]
    [InlineData(20, 3)]
    [InlineData(200, 3)]
    public void ScoresAreThoseOfTheProcessor(int batchSize, int trials)
    {
        using nn.Module<Tensor, Tensor> model = TestNets.Chain(inplace: false);
        using Tensor input = TestNets.Input(size: Side);
        CamResult maps = RoadMaps.Result(Side, Side, 1, Maps);
        RoadOptions options = new() { BatchSize = batchSize, Trials = trials, Seed = 7 };
        List<string> order = [];
        YbRoadResult expected = YbRoad.Score(model, input, maps, options);
        YbRoadResult actual = YbRoad.Score(model, input, maps, options with { EmulatesKernels = true }, new Told(p => order.Add(p.Layer.Name)));
        Assert.Equal(["one", "again", "two", "flat", "ties", "nan", "fine"], order);
        for (int i = 0; i < Maps.Length; i++)
        {
            (LayerRoad e, LayerRoad a) = (expected.Layers[i], actual.Layers[i]);
            Assert.Equal((e.Name, e.Reason, e.SameAs, e.Road is null), (a.Name, a.Reason, a.SameAs, a.Road is null));
            Assert.Equal(e.Percentiles.Select(p => (p.MostFirst.Removed, p.LeastFirst.Removed)), a.Percentiles.Select(p => (p.MostFirst.Removed, p.LeastFirst.Removed)));
            Numbers.AssertClose([a.Road ?? 0, .. a.Trials], [e.Road ?? 0, .. e.Trials], Tolerance, 0, e.Name);
            Numbers.AssertClose([.. Scores(a)], [.. Scores(e)], Tolerance, 0, $"{e.Name}, scores");
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.5f)]
    public void ImagesAreThoseOfTheProcessor(float noise)
    {
        using InputRecorder processor = new();
        using InputRecorder device = new();
        using Tensor input = TestNets.Input(size: Side);
        CamResult maps = RoadMaps.Result(Side, Side, 0, Maps[0], Maps[1], Maps[4]);

        // Of 20 %, and of so few pixels kept that most of an image is noise.
        RoadOptions options = new() { BatchSize = 24, Noise = noise, Percentiles = [20, 99.9], Trials = 2 };
        YbRoad.Score(processor, input, maps, options with { BatchSize = 24 });
        YbRoad.Score(device, input, maps, options with { EmulatesKernels = true });
        Assert.Equal(3 * 4 * (noise == 0 ? 1 : 2) * 3 * Side * Side, processor.Images.Count);

        // The device rounds in another order: that it was asked can be seen.
        Assert.NotEqual(processor.Images, device.Images);
        Numbers.AssertClose([.. device.Images], [.. processor.Images], Tolerance, 0, "pixels, image by image");
    }

    [Fact]
    public void NothingIsLeftBehind()
    {
        using nn.Module<Tensor, Tensor> model = TestNets.Chain(inplace: false);
        using Tensor input = TestNets.Input(size: Side);
        CamResult maps = RoadMaps.Result(Side, Side, 1, Maps);
        RoadOptions options = new() { EmulatesKernels = true };
        YbRoad.Score(model, input, maps, options);
        long before = Tensor.TotalCount;
        YbRoad.Score(model, input, maps, options);
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static IEnumerable<float> Scores(LayerRoad road) => road.Percentiles.SelectMany(p => p.MostFirst.TrialScores.Concat(p.LeastFirst.TrialScores));

    private sealed class Told(Action<RoadProgress> action) : IProgress<RoadProgress>
    {
        public void Report(RoadProgress value) => action(value);
    }
}

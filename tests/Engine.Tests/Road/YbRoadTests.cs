using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Tests.Networks;
using CAManim.Native.Kernels.Maps;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Road;

public sealed class YbRoadTests
{
    private const int Side = 9;

    // Other batch sizes may run other convolution kernels: rounding of float32 scores.
    private const double ScoreRounding = 1e-6;

    private static readonly LayerMap[] Maps =
    [
        RoadMaps.Layer("one", Side, Side, RoadMaps.Hills(Side, Side, 1)),
        RoadMaps.Layer("two", 5, 4, RoadMaps.Hills(5, 4, 2)),
        RoadMaps.Layer("again", Side, Side, RoadMaps.Hills(Side, Side, 1)),
        RoadMaps.Layer("flat", 2, 2, [1, 1, 1, 1]),
        RoadMaps.Layer("nan", 2, 2, [1, float.NaN, 0, 2]),
        RoadMaps.Layer("last", 3, 3, RoadMaps.Hills(3, 3, 4)),
    ];

    /// <summary>The network's logits are (sum of the pixels, 0), so C = 1 / (1 + exp(-sum)).</summary>
    [Fact]
    public void RoadFollowsTheFormula()
    {
        using DisposeScope scope = NewDisposeScope();
        var fc = nn.Linear(4, 2);
        using (no_grad())
        {
            fc.weight.copy_(tensor([1f, 1f, 1f, 1f, 0f, 0f, 0f, 0f]).reshape(2, 4));
            fc.bias!.zero_();
        }

        var net = nn.Sequential(("flatten", nn.Flatten()), ("fc", fc));
        Tensor input = tensor([1f, 2f, -1f, 0.5f]).reshape(1, 1, 2, 2);
        CamResult maps = RoadMaps.Result(2, 2, 0, RoadMaps.Layer("x", 2, 2, [4, 3, 2, 1]));
        RoadOptions options = new() { Percentiles = [25, 50], Noise = 0 };

        LayerRoad road = YbRoad.Score(net, input, maps, options, new CopyImputer(0), null, null, default).Layers[0];

        // Removed to zero, most first: keeps 0.5; 0.5 - 1. Least first: keeps 1; 1 + 2.
        double[] most = [C(0.5), C(-0.5)];
        double[] least = [C(1), C(3)];
        Assert.Equal([3, 2], road.Percentiles.Select(p => p.MostFirst.Removed));
        Numbers.AssertClose([.. road.Percentiles.Select(p => p.MostFirst.Score)], [.. most.Select(v => (float)v)], 1e-6, 0, "most first");
        Numbers.AssertClose([.. road.Percentiles.Select(p => p.LeastFirst.Score)], [.. least.Select(v => (float)v)], 1e-6, 0, "least first");
        Assert.Equal((least[0] - most[0] + least[1] - most[1]) / 4, road.Road!.Value, 1e-6);

        static double C(double sum) => 1 / (1 + Math.Exp(-sum));
    }

    [Fact]
    public void DegenerateMapsHaveReasonsAndEqualMapsOneScore()
    {
        using DisposeScope scope = NewDisposeScope();
        CopyImputer imputer = new(0.1f);
        YbRoadResult result = Score(new RoadOptions(), imputer);

        Assert.Equal(["one", "two", "again", "flat", "nan", "last"], result.Layers.Select(l => l.Name));
        Assert.Equal([true, true, true, false, false, true], result.Layers.Select(l => l.Road is not null));
        Assert.Equal([true, true, true, false, false, true], result.Layers.Select(l => l.Reason is null));
        Assert.Contains("one value", result.Layers[3].Reason);
        Assert.Contains("NaN", result.Layers[4].Reason);
        Assert.Equal("one", result.Layers[2].SameAs);
        Assert.Equal(result.Layers[0].Road, result.Layers[2].Road);
        Assert.Equal(5, result.Layers[2].Parameters);
        Assert.Equal(3 * 8, imputer.Calls);

        Assert.Equal(result.Layers.Where(l => l.Road is not null).Average(l => (double)l.Road!.Value), result.Mean!.Value, 1e-7);
        Assert.Equal(result.Layers.Max(l => l.Road), result.Max);
        Assert.Equal(result.Layers.First(l => l.Road == result.Max).Name, result.MaxLayer);
        Assert.Equal("last", result.FinalLayer);
        Assert.Equal(result.Max - result.Layers[^1].Road, result.DifferenceToFinal);
    }

    [Fact]
    public void MapsThatAreMostlyZeroLoseEverythingInReferenceModeOnly()
    {
        using DisposeScope scope = NewDisposeScope();

        // 60 of 100 pixels are exactly zero after ReLU, with an order of their own before it.
        float[] signed = [.. Enumerable.Range(0, 100).Select(i => i < 60 ? -1f - i : i)];
        CamResult maps = RoadMaps.Result(10, 10, 0, RoadMaps.Layer("x", 10, 10, signed));
        var net = nn.Sequential(("flatten", nn.Flatten()), ("fc", nn.Linear(300, 3)));
        RoadOptions options = new() { Noise = 0, Mode = RoadMode.Reference };

        LayerRoad reference = YbRoad.Score(net, TestNets.Input(size: 10), maps, options, new SlowImputer(), null, null, default).Layers[0];
        LayerRoad exact = YbRoad.Score(net, TestNets.Input(size: 10), maps, options with { Mode = RoadMode.Exact }, new SlowImputer(), null, null, default).Layers[0];

        Assert.Null(reference.Road);
        Assert.Equal("nothing would be kept at 20 % most relevant first, 40 % most relevant first", reference.Reason);
        Assert.Equal([100, 100, 40, 20], reference.Percentiles.Select(p => p.MostFirst.Removed));
        Assert.Equal([80, 60, 60, 60], reference.Percentiles.Select(p => p.LeastFirst.Removed));
        Assert.NotNull(reference.PercentileMean);
        Assert.NotNull(exact.Road);
        Assert.Equal([80, 60, 40, 20], exact.Percentiles.Select(p => p.MostFirst.Removed));
        Assert.Equal([80, 60, 40, 20], exact.Percentiles.Select(p => p.LeastFirst.Removed));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public void OneSeedOneResultForAnyBatchAndThreads(int batchSize)
    {
        using DisposeScope scope = NewDisposeScope();
        RoadOptions options = new() { Trials = 3, Seed = 5, BatchSize = 7 };
        YbRoadResult expected = Score(options, new SlowImputer());
        foreach (bool isOverlapping in new[] { false, true })
        {
            YbRoadResult actual = Score(options with { BatchSize = batchSize, IsOverlapping = isOverlapping }, new SlowImputer());
            Numbers.AssertClose(Scores(actual), Scores(expected), ScoreRounding, 0, $"batch {batchSize}, overlapping {isOverlapping}");
        }

        YbRoadResult same = Score(options, new SlowImputer());
        Assert.Equal(Scores(expected), Scores(same));
        Assert.NotEqual(Scores(expected), Scores(Score(options with { Seed = 6 }, new SlowImputer())));
    }

    [Fact]
    public void ImagesAreTheSameToTheBitForAnyBatchAndThreads()
    {
        using DisposeScope scope = NewDisposeScope();
        CamResult maps = RoadMaps.Result(Side, Side, 1, Maps);
        RoadOptions options = new() { Trials = 3, Seed = 5 };
        float[] expected = Images(options with { BatchSize = 1, IsOverlapping = false }, 1);
        Assert.Equal(3 * 3 * 8 * 3 * Side * Side, expected.Length);
        foreach ((int batch, bool isOverlapping, int writers) in new[] { (1, true, 1), (5, false, 2), (7, true, 2), (64, false, 4), (100, true, 1) })
        {
            Assert.Equal(expected, Images(options with { BatchSize = batch, IsOverlapping = isOverlapping }, writers));
        }

        float[] Images(RoadOptions options, int writers)
        {
            InputRecorder net = new();
            YbRoad.Score(net, TestNets.Input(), maps, options, null, writers, null, default);
            return [.. net.Images];
        }
    }

    [Fact]
    public void HalfPrecisionIsCloseAndLeavesNothingBehind()
    {
        using DisposeScope scope = NewDisposeScope();
        YbRoadResult whole = Score(new RoadOptions(), new SlowImputer());
        YbRoadResult half = Score(new RoadOptions { Precision = Precision.BFloat16 }, new SlowImputer());
        Assert.NotEqual(Scores(whole), Scores(half));

        // Eight bits of mantissa through a few layers.
        Numbers.AssertClose(Scores(half), Scores(whole), 0.02, 0, "bfloat16");
        Assert.Equal(Scores(whole), Scores(Score(new RoadOptions(), new SlowImputer())));
    }

    [Fact]
    public void TrialsDifferInTheirNoiseAlone()
    {
        using DisposeScope scope = NewDisposeScope();
        SlowImputer imputer = new();
        LayerRoad three = Score(new RoadOptions { Trials = 3, BatchSize = 24 }, imputer).Layers[0];
        Assert.Equal(3 * 8, imputer.Calls);
        LayerRoad one = Score(new RoadOptions(), new SlowImputer()).Layers[0];

        Assert.Equal(3, three.Trials.Distinct().Count());
        Assert.Equal(one.Road!.Value, three.Trials[0], ScoreRounding);
        Assert.Equal(three.Trials.Average(), three.Road!.Value, ScoreRounding);
        double mean = three.Trials.Average(t => (double)t);
        Assert.Equal(Math.Sqrt(three.Trials.Sum(t => (t - mean) * (t - mean)) / 2), three.Deviation!.Value, ScoreRounding);

        YbRoadResult silent = Score(new RoadOptions { Trials = 3, Noise = 0 }, imputer);
        Assert.Equal(1, silent.Options.Trials);
        Assert.Null(silent.Layers[0].Deviation);
    }

    [Fact]
    public void CancelledRunsGoOnWhereTheyStopped()
    {
        using DisposeScope scope = NewDisposeScope();
        RoadOptions options = new() { BatchSize = 5 };
        YbRoadResult whole = Score(options, new SlowImputer());
        List<LayerRoad> finished = [];
        using CancellationTokenSource stop = new();
        Immediate progress = new(p =>
        {
            finished.Add(p.Layer);
            Assert.Equal((finished.Count, 6), (p.Done, p.Total));
            stop.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Score(options, new SlowImputer(), progress, stop.Token));
        Assert.Equal(["one", "again"], finished.Select(l => l.Name));

        SlowImputer imputer = new();
        YbRoadResult rest = Score(options with { Finished = finished }, imputer);
        Assert.Equal(2 * 8, imputer.Calls);
        Numbers.AssertClose(Scores(rest), Scores(whole), ScoreRounding, 0, "resumed");
    }

    [Fact]
    public void ModelAndInputAreLeftAsFoundAndNoTensorStays()
    {
        using DisposeScope scope = NewDisposeScope();
        var net = TestNets.Chain(inplace: true);
        net.train();
        Tensor input = TestNets.Input();
        float[] before = input.data<float>().ToArray();
        float[] statistics = Values(net);
        CamResult maps = RoadMaps.Result(Side, Side, 2, Maps);
        YbRoad.Score(net, input, maps, null, new CopyImputer(0), null, null, default);
        long tensors = LiveTensors.Count();
        YbRoad.Score(net, input, maps, null, new CopyImputer(0), null, null, default);

        Assert.Equal(tensors, Tensor.TotalCount);
        Assert.True(net.training);
        Assert.All(net.parameters(), p => Assert.True(p.requires_grad));
        Assert.Equal(before, input.data<float>().ToArray());
        Assert.Equal(statistics, Values(net));

        static float[] Values(nn.Module net) => [.. net.state_dict().Values.Where(t => t.dtype == ScalarType.Float32).SelectMany(t => t.cpu().data<float>().ToArray())];
    }

    [Fact]
    public void MoreLayersTakeNoMoreBigBuffers()
    {
        // A plane of the image is 36 KB; results and tensor handles of a layer are smaller than that.
        const int side = 96;
        using DisposeScope scope = NewDisposeScope();
        var net = nn.Sequential(("conv", nn.Conv2d(3, 2, 3)), ("pool", nn.AdaptiveAvgPool2d(1)), ("flatten", nn.Flatten()));
        Tensor input = TestNets.Input(size: side);
        CamResult few = RoadMaps.Result(side, side, 0, [.. Enumerable.Range(0, 2).Select(i => RoadMaps.Layer($"{i}", 8, 8, RoadMaps.Hills(8, 8, i)))]);
        CamResult many = RoadMaps.Result(side, side, 0, [.. Enumerable.Range(0, 12).Select(i => RoadMaps.Layer($"{i}", 8, 8, RoadMaps.Hills(8, 8, i)))]);
        Allocated(few);
        long more = Allocated(many) - Allocated(few);
        Assert.InRange(more / 10, 0, side * side * sizeof(float));

        long Allocated(CamResult maps)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);

            // One thread: how many workspaces several take is up to the thread pool.
            YbRoad.Score(net, input, maps, new RoadOptions { BatchSize = 4 }, null, 1, null, default);
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }
    }

    [Fact]
    public void ErrorsOfTheImputerReachTheCaller()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Throws<InvalidOperationException>(() => Score(new RoadOptions { BatchSize = 2 }, new FailingImputer(20)));
        Assert.Throws<InvalidOperationException>(() => Score(new RoadOptions { BatchSize = 2 }, new FailingImputer(0)));
    }

    [Fact]
    public void OptionsAndShapesAreChecked()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Contains("0, 120", Assert.Throws<CamException>(() => Score(new RoadOptions { Percentiles = [0, 120] }, new CopyImputer(0))).Message);
        Assert.Contains("-1", Assert.Throws<CamException>(() => Score(new RoadOptions { Noise = -1 }, new CopyImputer(0))).Message);
        Assert.Contains("0 ROAD trials", Assert.Throws<CamException>(() => Score(new RoadOptions { Trials = 0 }, new CopyImputer(0))).Message);
        Assert.Contains("batch of 0", Assert.Throws<CamException>(() => Score(new RoadOptions { BatchSize = 0 }, new CopyImputer(0))).Message);
        Assert.Contains("[1,3,8,8]", Assert.Throws<CamException>(() => YbRoad.Score(
            TestNets.Chain(false), TestNets.Input(size: 8), RoadMaps.Result(Side, Side, 0, Maps), null, new CopyImputer(0), null, null, default)).Message);
    }

    [Fact]
    public void SmoothIsACentredAverageWithoutMissingScores()
    {
        YbRoadResult series = new()
        {
            Layers = [Layer(0.1f), Layer(0.4f), Layer(null), Layer(0.2f)],
            Options = new RoadOptions(),
            ClassIndex = 0,
            Probability = 1,
        };
        float?[] smooth = [.. series.Smooth(3)];
        Assert.Equal(0.25f, smooth[0]!.Value, 1e-6f);
        Assert.Equal(0.25f, smooth[1]!.Value, 1e-6f);
        Assert.Null(smooth[2]);
        Assert.Equal(0.2f, smooth[3]!.Value, 1e-6f);
        Assert.Throws<CamException>(() => series.Smooth(2));

        static LayerRoad Layer(float? road) => new() { Name = $"{road}", Road = road, Reason = road is null ? "none" : null };
    }

    [Fact]
    public void ScoresGoBackIntoTheMaps()
    {
        using DisposeScope scope = NewDisposeScope();
        YbRoadResult result = Score(new RoadOptions(), new CopyImputer(0));
        CamResult maps = result.WithRoad(RoadMaps.Result(Side, Side, 2, [.. Maps, RoadMaps.Layer("other", 1, 1, [1])]));
        Assert.Equal([.. result.Layers.Select(l => l.Road), null], maps.Frames.Select(f => f.Road));
    }

    private static YbRoadResult Score(RoadOptions options, IImputer imputer, IProgress<RoadProgress>? progress = null, CancellationToken cancellation = default) =>
        YbRoad.Score(TestNets.Chain(inplace: false), TestNets.Input(), RoadMaps.Result(Side, Side, 2, Maps), options, imputer, null, progress, cancellation);

    private static float[] Scores(YbRoadResult result) =>
        [.. result.Layers.SelectMany(l => l.Percentiles).SelectMany(p => p.MostFirst.TrialScores.Concat(p.LeastFirst.TrialScores))];

    private sealed class Immediate(Action<RoadProgress> action) : IProgress<RoadProgress>
    {
        public void Report(RoadProgress value) => action(value);
    }

    private sealed class FailingImputer(int after) : IImputer
    {
        private int _calls;

        public void Impute(ReadOnlySpan<float> image, ReadOnlySpan<byte> removed, int channels, int height, int width, Span<float> result)
        {
            if (Interlocked.Increment(ref _calls) == after + 1)
            {
                throw new InvalidOperationException("cannot");
            }
        }
    }
}

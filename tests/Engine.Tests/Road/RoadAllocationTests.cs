using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Road;

/// <summary>A layer of a series takes no managed memory but its result and what TorchSharp allocates in the same calls.</summary>
public sealed class RoadAllocationTests
{
    private const int Side = 32;
    private const int Layers = 8;
    private const int Batch = 8;
    private const int Runs = 5;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    public void OnlyTorchSharpAllocates(int writers, int trials)
    {
        using LoadedModel network = ModelZoo.Create("cifar10_resnet20", "rule:camanim");
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(3);
        Tensor input = randn(1, 3, Side, Side);
        Tensor images = randn(Batch, 3, Side, Side);
        CamResult maps = RoadMaps.Result(Side, Side, 1, [.. Enumerable.Range(0, Layers).Select(i => RoadMaps.Layer($"layer {i}", 8, 8, RoadMaps.Hills(8, 8, i)))]);
        RoadOptions options = new() { BatchSize = Batch, Trials = trials, IsOverlapping = false };
        network.Module.eval();
        AllocationMeter meter = new(writers == 1);
        (long torch, long result, long layer) = (long.MaxValue, long.MaxValue, long.MaxValue);
        for (int run = 0; run < Runs; run++)
        {
            using (no_grad())
            {
                torch = Math.Min(torch, meter.Measure(() => Forwards(network.Module, input, images, trials, writers)));
            }

            result = Math.Min(result, meter.Measure(() => GC.KeepAlive(Result(options))));
            meter.Start();
            YbRoad.Score(network.Module, input, maps, options, null, writers, meter, default);
            layer = Math.Min(layer, meter.Least);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{layer} bytes a layer, of which TorchSharp's calls take {torch} and the result {result}");
        Assert.True(torch > 0 && result > 0);
        Assert.True(layer <= torch + result, $"a layer takes {layer} bytes, TorchSharp's calls alone {torch}, its result {result}");
    }

    /// <summary>The calls into TorchSharp that a layer makes, and nothing else.</summary>
    private static void Forwards(nn.Module<Tensor, Tensor> model, Tensor input, Tensor images, int batches, int writers)
    {
        for (int i = 0; i < batches; i++)
        {
            for (int writer = 0; writer < writers; writer++)
            {
                _ = images.bytes;
            }

            using DisposeScope scope = NewDisposeScope();
            Tensor output = model.call(images.narrow(0, 0, Batch).to(input.dtype, input.device));
            _ = output.to(ScalarType.Float32, CPU).contiguous().bytes;
        }
    }

    private static LayerRoad Result(RoadOptions options)
    {
        PercentileRoad[] percentiles = new PercentileRoad[options.Percentiles.Count];
        for (int i = 0; i < percentiles.Length; i++)
        {
            percentiles[i] = new PercentileRoad { Percentile = 1, MostFirst = Step(), LeastFirst = Step() };
        }

        return new LayerRoad { Name = "", Road = 0, Percentiles = percentiles, Trials = new float[options.Trials] };

        RoadStep Step() => new() { Removed = 0, Score = 0, TrialScores = new float[options.Trials] };
    }

    /// <summary>Bytes allocated between two layers; of this thread alone, or of all.</summary>
    private sealed class AllocationMeter(bool isOfThisThread) : IProgress<RoadProgress>
    {
        private long _before;
        private bool _isFirst;

        public long Least { get; private set; }

        public void Start() => (Least, _isFirst) = (long.MaxValue, true);

        public long Measure(Action action)
        {
            long before = Bytes();
            action();
            return Bytes() - before;
        }

        public void Report(RoadProgress value)
        {
            long now = Bytes();
            Least = _isFirst ? Least : Math.Min(Least, now - _before);
            _isFirst = false;
            _before = Bytes();
        }

        private long Bytes() => isOfThisThread ? GC.GetAllocatedBytesForCurrentThread() : GC.GetTotalAllocatedBytes(precise: true);
    }
}

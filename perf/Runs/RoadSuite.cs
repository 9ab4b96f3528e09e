using System.Diagnostics;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Perf.Runs;

/// <summary>
/// ybROAD against as many plain forwards in the same batches, in turns of some layers, so that a busy moment meets both.
/// Without <c>all</c> a few turns spread over the network stand for the whole.
/// </summary>
internal static class RoadSuite
{
    private const int LayersATurn = 6;
    private const int SampleTurns = 4;

    public static void Run(string model, bool isWhole = false)
    {
        using LoadedModel network = ModelZoo.Create(model, "rule:camanim");
        using DisposeScope scope = NewDisposeScope();
        Tensor input = Scene(network.InputSize);
        CamResult maps = new CamEngine(network.Module).Run(input);
        RoadOptions options = new();
        int batch = YbRoad.DefaultBatchSize(network.InputSize, network.InputSize);

        // Warm, both ways.
        Turn(network, input, maps with { Frames = [.. maps.Frames.TakeLast(2)] }, options, batch, 0);
        (Cost road, Cost floor, int images) = (default, default, 0);
        List<double> ratios = [];
        for (int first = 0; first < maps.Frames.Count; first += isWhole ? LayersATurn : Math.Max(LayersATurn, maps.Frames.Count / SampleTurns))
        {
            (Cost r, Cost f, int count) = Turn(network, input, maps, options, batch, first);
            (road, floor, images) = (road + r, floor + f, images + count);
            if (count > 0)
            {
                ratios.Add(r.Wall / f.Wall);
            }
        }

        ratios.Sort();
        Console.WriteLine($"ybROAD {model} {network.InputSize}: {maps.Frames.Count} layers, {images} images measured, batches of {batch}");
        Console.WriteLine($"  ybROAD    {road.Wall / 1000,8:F2} s  {road.Wall / images,7:F2} ms an image, processor {road.Processor / images,7:F2} ms");
        Console.WriteLine($"  forwards  {floor.Wall / 1000,8:F2} s  {floor.Wall / images,7:F2} ms an image, processor {floor.Processor / images,7:F2} ms");
        Console.WriteLine($"  ratio {road.Wall / floor.Wall:F3} (processor {road.Processor / floor.Processor:F3}); of single turns: median {ratios[ratios.Count / 2]:F3}, {ratios[0]:F3} to {ratios[^1]:F3}");
    }

    private static (Cost Road, Cost Floor, int Images) Turn(LoadedModel network, Tensor input, CamResult maps, RoadOptions options, int batch, int first)
    {
        CamResult some = maps with { Frames = [.. maps.Frames.Skip(first).Take(LayersATurn)] };
        int images = 0;
        Cost road = Cost.Of(() =>
        {
            YbRoadResult result = YbRoad.Score(network.Module, input, some, options);
            images = 2 * result.Layers.Where(l => l.SameAs is null).Sum(l => l.Percentiles.Count);
        });
        return (road, Cost.Of(() => Forwards(network, input, images, batch)), images);
    }

    private static void Forwards(LoadedModel network, Tensor input, int images, int batch)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        Tensor inputs = input.repeat(batch, 1, 1, 1);
        for (int done = 0; done < images; done += batch)
        {
            using DisposeScope inner = NewDisposeScope();
            network.Module.call(inputs.narrow(0, 0, Math.Min(batch, images - done)));
        }
    }

    // Smooth hills and a little noise: neither flat, nor white.
    private static Tensor Scene(int side)
    {
        random.manual_seed(1);
        Tensor coarse = randn(1, 3, 14, 14);
        return nn.functional.interpolate(coarse, [side, side], mode: InterpolationMode.Bilinear, align_corners: false) + (randn(1, 3, side, side) * 0.1f);
    }

    /// <summary>Milliseconds by the clock, and of the process on all processors: the second says more on a busy machine.</summary>
    private readonly record struct Cost(double Wall, double Processor)
    {
        public static Cost Of(Action action)
        {
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            long start = Stopwatch.GetTimestamp();
            action();
            return new Cost(Stopwatch.GetElapsedTime(start).TotalMilliseconds, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds);
        }

        public static Cost operator +(Cost a, Cost b) => new(a.Wall + b.Wall, a.Processor + b.Processor);
    }
}

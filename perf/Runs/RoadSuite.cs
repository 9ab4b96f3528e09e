using System.Diagnostics;
using System.Globalization;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Kernels.Imputation;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Resize;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Perf.Runs;

/// <summary>
/// ybROAD against as many plain forwards in the same batches, in turns of some layers, so that a busy moment meets both.
/// Without <c>all</c> a few turns spread over the network stand for the whole, with overlapping forced and with bfloat16 beside them.
/// </summary>
internal static class RoadSuite
{
    private static int LayersATurn => Statistics.IsQuick ? 1 : 6;
    private const int SampleTurns = 3;

    public static void Run(string model, bool isWhole = false)
    {
        using LoadedModel network = PerfNetwork.Open(model);
        using DisposeScope scope = NewDisposeScope();
        Tensor input = Scene(network.InputSize);
        CamResult maps = new CamEngine(network.Module).Run(input);
        RoadOptions options = new();
        int batch = YbRoad.DefaultBatchSize(network.InputSize, network.InputSize);

        // Warm, both ways.
        CamResult last = maps with { Frames = [.. maps.Frames.TakeLast(LayersATurn)] };
        Turn(network, input, last, options, batch, 0, !isWhole);
        (Cost road, Cost overlapping, Cost half, Cost floor, int images) = (default, default, default, default, 0);
        List<double> ratios = [];
        for (int first = 0; first < maps.Frames.Count; first += isWhole ? LayersATurn : Math.Max(LayersATurn, maps.Frames.Count / SampleTurns))
        {
            (Cost r, Cost o, Cost h, Cost f, int count) = Turn(network, input, maps, options, batch, first, !isWhole);
            (road, overlapping, half, floor, images) = (road + r, overlapping + o, half + h, floor + f, images + count);
            if (count > 0)
            {
                ratios.Add(r.Wall / f.Wall);
            }
        }

        string turns = string.Join(' ', ratios.Select(r => r.ToString("0.00", CultureInfo.InvariantCulture)));
        ratios.Sort();
        (double imputation, double noise) = Parts(input, maps);
        Console.WriteLine($"ybROAD {model} {network.InputSize}: {maps.Frames.Count} layers, {images} images measured, batches of {batch}, {get_num_threads()} of {Environment.ProcessorCount} processors for libtorch");
        Print("ybROAD", road);
        if (!isWhole)
        {
            Print("overlapping", overlapping);
            Print("bfloat16", half);
        }

        Print("forwards", floor);
        Console.WriteLine($"  of an image, one thread: imputation {imputation:F2} ms, noise {noise:F2} ms");
        Console.WriteLine($"  ratio {road.Wall / floor.Wall:F3} (processor {road.Processor / floor.Processor:F3}); of single turns: median {ratios[ratios.Count / 2]:F3} ({turns})");

        void Print(string name, Cost cost) =>
            Console.WriteLine($"  {name,-11} {cost.Wall / 1000,7:F2} s  {cost.Wall / images,7:F2} ms an image, processor {cost.Processor / images,7:F2} ms");
    }

    // One thread, the maps' own masks at 20 to 80 %; the least of some repeats, which a busy machine disturbs least.
    private static (double Imputation, double Noise) Parts(Tensor input, CamResult maps)
    {
        (int side, float[] image) = ((int)input.shape[^1], input.data<float>().ToArray());
        float[] result = new float[image.Length];
        byte[] removed = new byte[side * side];
        float[] resized = new float[side * side];
        ImputationWorkspace workspace = new();
        (double imputation, double noise, int images) = (0, 0, 0);
        foreach (LayerMap map in maps.Frames.Where((_, i) => i % (maps.Frames.Count / SampleTurns) == 0))
        {
            BilinearResize.Resize(map.SignedMap.Span, map.Height, map.Width, resized, side, side);
            float[] sorted = [.. resized.Order()];
            foreach (double percentile in new RoadOptions().Percentiles)
            {
                float threshold = sorted[(int)(percentile / 100 * sorted.Length)];
                for (int i = 0; i < removed.Length; i++)
                {
                    removed[i] = resized[i] < threshold ? (byte)0 : (byte)1;
                }

                imputation += Least(() => LinearImputation.Solve(image, removed, 3, side, side, result, ImputationOptions.Default, workspace));
                noise += Least(() => ImputationNoise.Add(result, removed, 0.01f, new NoiseKey(1, 0, 0, 20, false)));
                images++;
            }
        }

        return (imputation / images, noise / images);

        static double Least(Action action)
        {
            double least = double.PositiveInfinity;
            for (int repeat = 0; repeat < (Statistics.IsQuick ? 1 : 12); repeat++)
            {
                long start = Stopwatch.GetTimestamp();
                action();
                least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            return least;
        }
    }

    private static (Cost Road, Cost Overlapping, Cost Half, Cost Floor, int Images) Turn(
        LoadedModel network, Tensor input, CamResult maps, RoadOptions options, int batch, int first, bool hasVariants)
    {
        CamResult some = maps with { Frames = [.. maps.Frames.Skip(first).Take(LayersATurn)] };
        int images = Score(options);

        // What comes first in a turn finds caches and memory as another left them: the order goes round.
        Action[] works =
        [
            () => Score(options),
            () => Forwards(network, input, images, batch),
            .. hasVariants ? (Action[])[() => Score(options with { IsOverlapping = true }), () => Score(options with { Precision = Precision.BFloat16 })] : [],
        ];
        Cost[] costs = new Cost[4];
        for (int i = 0; i < works.Length; i++)
        {
            int k = (i + (first / LayersATurn)) % works.Length;
            costs[k] = Cost.Of(works[k]);
        }

        return (costs[0], costs[2], costs[3], costs[1], images);

        int Score(RoadOptions options)
        {
            YbRoadResult result = YbRoad.Score(network.Module, input, some, options);
            return 2 * result.Layers.Where(l => l.SameAs is null).Sum(l => l.Percentiles.Count);
        }
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

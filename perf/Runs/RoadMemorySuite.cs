using System.Diagnostics;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Perf.Runs;

/// <summary>Resident memory as ybROAD goes through all layers of a network.</summary>
internal static class RoadMemorySuite
{
    private const int Lines = 20;

    public static void Run(string model)
    {
        using LoadedModel network = PerfNetwork.Open(model);
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(1);
        Tensor input = randn(1, 3, network.InputSize, network.InputSize);
        CamResult maps = new CamEngine(network.Module).Run(input);
        int images = 2 * new RoadOptions().Percentiles.Count;
        Console.WriteLine($"ybROAD {model} {network.InputSize}: {maps.Frames.Count} layers, {images} images a layer of its own map, batches of {YbRoad.DefaultBatchSize(network.InputSize, network.InputSize)}");
        Report(0);
        int step = Math.Max(1, maps.Frames.Count / Lines);
        YbRoad.Score(network.Module, input, maps, null, new Every(step, Report));
    }

    private static void Report(int layers)
    {
        using Process process = Process.GetCurrentProcess();
        Console.WriteLine($"{layers,6} layers  resident {process.WorkingSet64 / 1048576.0,7:F1} MiB  managed {GC.GetTotalMemory(false) / 1048576.0,6:F1} MiB  live tensors {Tensor.TotalCount}");
    }

    private sealed class Every(int step, Action<int> report) : IProgress<RoadProgress>
    {
        private int _reported;

        public void Report(RoadProgress value)
        {
            if (value.Done >= _reported + step || value.Done == value.Total)
            {
                report(value.Done);
                _reported = value.Done;
            }
        }
    }
}

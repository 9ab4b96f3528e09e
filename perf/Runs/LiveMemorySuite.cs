using System.Diagnostics;
using CAManim.Native.Engine.Live;
using CAManim.Native.Models;
using CAManim.Native.Models.Demo;
using CAManim.Native.Models.Images;
using TorchSharp;

namespace CAManim.Native.Perf.Runs;

/// <summary>Frames at full speed, and the resident memory as they go.</summary>
internal static class LiveMemorySuite
{
    private const int Scenes = 16;

    public static void Run(double minutes)
    {
        using LoadedModel network = ModelZoo.Create("demo_scenes", "default");
        Preprocessing preprocessing = Preprocessing.For(network);
        float[][] inputs = [.. Enumerable.Range(0, Scenes).Select(i => preprocessing.Apply(DemoScenes.DrawRandom((uint)i, 2).Image).Values)];
        using LiveSession session = new(network.Module, 3, network.InputSize, network.InputSize);
        long start = Stopwatch.GetTimestamp();
        TimeSpan next = TimeSpan.Zero;
        TimeSpan step = TimeSpan.FromMinutes(minutes / 20);
        for (long frame = 0; Stopwatch.GetElapsedTime(start).TotalMinutes < minutes; frame++)
        {
            if (session.Process(inputs[frame % Scenes]).Maps.Count == 0)
            {
                throw new InvalidOperationException("A frame has no maps.");
            }

            if (Stopwatch.GetElapsedTime(start) >= next)
            {
                using Process process = Process.GetCurrentProcess();
                Console.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalMinutes,6:F1} min  {frame,8} frames  resident {process.WorkingSet64 / 1048576.0,6:F1} MiB  managed {GC.GetTotalMemory(false) / 1048576.0,6:F1} MiB  live tensors {torch.Tensor.TotalCount}");
                next += step;
            }
        }
    }
}

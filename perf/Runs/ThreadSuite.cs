using System.Diagnostics;
using CAManim.Native.Kernels.Threads;
using CAManim.Native.Models;
using static TorchSharp.torch;

namespace CAManim.Native.Perf.Runs;

/// <summary>What a forward and backward pass costs by which threads have computed before, and after a pause.</summary>
internal static class ThreadSuite
{
    private const int PauseInMilliseconds = 90;

    private static int WarmUps => Statistics.IsQuick ? 1 : 100;

    private static int Passes => Statistics.IsQuick ? 2 : 60;

    public static void Run(string model)
    {
        using LoadedModel network = PerfNetwork.Open(model);
        using Tensor input = randn(1, 3, network.InputSize, network.InputSize);
        for (int i = 0; i < WarmUps; i++)
        {
            FloorRun.Run(network, input, 0);
        }

        Console.WriteLine($"{model}, forward + backward, {get_num_threads()} threads; medians of {Passes} passes (95th percentiles)");
        Measure("one thread", pause: 0);
        OnAnother("another thread, the first one's helpers left", pause: 0, isPinned: false);
        TorchThreads.Release();
        OnAnother("another thread, the first one's helpers released", pause: 0, isPinned: false);
        OnAnother($"{PauseInMilliseconds} ms between passes", PauseInMilliseconds, isPinned: false);
        OnAnother($"{PauseInMilliseconds} ms between passes, both threads pinned", PauseInMilliseconds, isPinned: true);

        void OnAnother(string what, int pause, bool isPinned)
        {
            Thread thread = new(() => Measure(what, pause, isPinned ? new PinnedPair() : null));
            thread.Start();
            thread.Join();
        }

        void Measure(string what, int pause, PinnedPair? pair = null)
        {
            double[] times = new double[Passes];
            for (int i = 0; i < Passes; i++)
            {
                Thread.Sleep(pause);
                long start = Stopwatch.GetTimestamp();
                using PinnedPair.Scope pinned = pair is null ? default : pair.Enter();
                FloorRun.Run(network, input, 0);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            Array.Sort(times);
            Console.WriteLine($"  {what,-50}{times[Passes / 2],7:F1} ms {$"({times[Passes * 95 / 100]:F1})",9}");
        }
    }
}

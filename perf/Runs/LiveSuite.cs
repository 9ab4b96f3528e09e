using System.Diagnostics;
using System.Text.Json;
using CAManim.Native.Kernels.Threads;
using CAManim.Native.Models;
using CAManim.Native.Server.Live;
using static TorchSharp.torch;

namespace CAManim.Native.Perf.Runs;

/// <summary>From picture in to the maps of all layers, at a client's socket and on a page's screen on this machine, against the network's floor.</summary>
internal static class LiveSuite
{
    private const double FramesPerSecond = 10;
    private static int Skipped => Statistics.IsQuick ? 0 : 10;

    // Until the compiler has seen everything often enough.
    private static double WarmUpSeconds => Statistics.IsQuick ? 0.1 : 8;

    private static int FloorWarmUps => Statistics.IsQuick ? 1 : 500;

    public static async Task Run(string model, double seconds)
    {
        using LoadedModel network = PerfNetwork.Open(model);
        using Tensor input = randn(1, 3, network.InputSize, network.InputSize);
        Statistics.MeasureInTurns(FloorWarmUps, [() => FloorRun.Run(network, input, 0)]);
        double floor = Statistics.MeasureInTurns(() => FloorRun.Run(network, input, 0))[0].Median;
        TorchThreads.Release();
        foreach (double roadShare in (double[])[0, 0.1])
        {
            LiveServer server = await LiveServer.Start(network, FramesPerSecond, new LiveSettings { RoadShare = roadShare }).ConfigureAwait(false);
            await using (server.ConfigureAwait(false))
            {
                await Watch(server.Address, WarmUpSeconds).ConfigureAwait(false);
                (double[] times, int maps, int bytes) = await Watch(server.Address, seconds).ConfigureAwait(false);
                double bound = (1.5 * floor) + 30;
                Console.WriteLine($"{model}, {maps} maps, {FramesPerSecond} pictures a second, scores {roadShare:P0} of the time, {get_num_threads()} threads, {bytes >> 10} KiB a frame");
                Console.WriteLine($"  floor (forward + backward) {floor:F1} ms; bound 1.5 x floor + 30 = {bound:F1} ms");
                Tell("maps at the socket", times, bound);
                if (await LiveScreen.Watch(server.Address, seconds).ConfigureAwait(false) is { } shown)
                {
                    Tell("maps on the screen of Chromium", [.. shown.Select(t => t.Total)], bound);
                    TellStages(shown[Math.Min(Skipped, shown.Length)..]);
                }
                else
                {
                    Console.WriteLine("  Chromium is not installed; no times of the screen");
                }
            }
        }
    }

    private static void Tell(string what, double[] times, double bound)
    {
        double[] settled = [.. times.Skip(Skipped).Order()];
        if (settled.Length == 0)
        {
            throw new InvalidOperationException($"{times.Length} frames came as {what}; the benchmark measured nothing.");
        }

        double median = settled[settled.Length / 2];
        double late = settled[(int)(settled.Length * 0.95)];
        Console.WriteLine($"  picture in to {what}: {settled.Length} frames, median {median:F1} ms ({median / bound:F2} of the bound), 95th percentile {late:F1} ms ({late / bound:F2})");
    }

    private static void TellStages(ScreenTimes[] times)
    {
        ScreenTimes[] late = [.. times.OrderByDescending(t => t.Total).Take(Math.Max(1, times.Length / 20))];
        (string Name, Func<ScreenTimes, double> Of)[] stages = [("wait", t => t.Wait), ("maps", t => t.Maps), ("way to the page", t => t.Way), ("drawing", t => t.Drawing), ("screen", t => t.Screen)];
        Console.WriteLine("    " + string.Join(", ", stages.Select(s => $"{s.Name} {times.Select(s.Of).Order().ElementAt(times.Length / 2):F1}")) + " (medians)");
        Console.WriteLine("    " + string.Join(", ", stages.Select(s => $"{s.Name} {late.Average(s.Of):F1}")) + $" (means of the latest {late.Length})");
    }

    private static async Task<(double[] Times, int Maps, int Bytes)> Watch(string address, double seconds)
    {
        using FrameClient client = await FrameClient.Connect(address).ConfigureAwait(false);
        List<double> times = [];
        int maps = 0;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            using JsonDocument head = await client.Next().ConfigureAwait(false);
            times.Add(Stopwatch.GetElapsedTime(head.RootElement.GetProperty("received").GetInt64(), client.Arrived).TotalMilliseconds);
            maps = head.RootElement.GetProperty("maps").GetArrayLength() / 4;
        }

        return maps > 0 ? ([.. times], maps, client.Length) : throw new InvalidOperationException($"{times.Count} frames came, none with maps; the benchmark measured nothing.");
    }
}

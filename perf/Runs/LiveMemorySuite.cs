using System.Diagnostics;
using System.Text.Json;
using CAManim.Native.Engine.Live;
using CAManim.Native.Models;
using CAManim.Native.Models.Demo;
using CAManim.Native.Models.Images;
using CAManim.Native.Server.Live;
using TorchSharp;

namespace CAManim.Native.Perf.Runs;

/// <summary>Frames at full speed, through a session alone or through server, socket and a client, and the resident memory as they go.</summary>
internal static class LiveMemorySuite
{
    private const int Scenes = 16;
    private const int Lines = 20;

    // More than any processor works through; the newest wins.
    private const double PicturesPerSecond = 500;

    // Of the resident memory in the middle: page cache, heap segments and malloc arenas come and go by about as much.
    private const double Flat = 0.03;

    public static async Task Run(double minutes, bool hasServer)
    {
        using LoadedModel network = ModelZoo.Create("demo_scenes", "default");
        long frames = hasServer ? await RunServer(network, minutes).ConfigureAwait(false) : RunSession(network, minutes);
        Console.WriteLine($"{frames} frames through {(hasServer ? "server, socket and client" : "the session")} in {minutes} minutes");
    }

    private static long RunSession(LoadedModel network, double minutes)
    {
        Preprocessing preprocessing = Preprocessing.For(network);
        float[][] inputs = [.. Enumerable.Range(0, Scenes).Select(i => preprocessing.Apply(DemoScenes.DrawRandom((uint)i, 2).Image).Values)];
        using LiveSession session = new(network.Module, 3, network.InputSize, network.InputSize);
        MemoryWatch watch = new(TimeSpan.FromMinutes(minutes), Lines);
        long frame = 0;
        for (; watch.Goes(frame); frame++)
        {
            if (session.Process(inputs[frame % Scenes]).Maps.Count == 0)
            {
                throw new InvalidOperationException("A frame has no maps.");
            }
        }

        watch.Tell(Flat);
        return frame;
    }

    private static async Task<long> RunServer(LoadedModel network, double minutes)
    {
        LiveServer server = await LiveServer.Start(network, PicturesPerSecond, new LiveSettings()).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            using FrameClient client = await FrameClient.Connect(server.Address).ConfigureAwait(false);
            MemoryWatch watch = new(TimeSpan.FromMinutes(minutes), Lines);
            while (watch.Goes(server.Frames))
            {
                using JsonDocument head = await client.Next().ConfigureAwait(false);
                if (head.RootElement.GetProperty("maps").GetArrayLength() == 0)
                {
                    throw new InvalidOperationException("A frame has no maps.");
                }
            }

            watch.Tell(Flat);
            return server.Frames;
        }
    }

    private sealed class MemoryWatch(TimeSpan length, int lines)
    {
        private readonly long _start = Stopwatch.GetTimestamp();
        private readonly List<double> _resident = [];

        /// <summary>Prints a line where one is due.</summary>
        /// <returns>Whether there is time left.</returns>
        public bool Goes(long frames)
        {
            TimeSpan passed = Stopwatch.GetElapsedTime(_start);
            if (passed >= length / lines * _resident.Count)
            {
                using Process process = Process.GetCurrentProcess();
                _resident.Add(process.WorkingSet64 / 1048576.0);
                Console.WriteLine($"{passed.TotalMinutes,6:F1} min  {frames,8} frames  resident {_resident[^1],6:F1} MiB  managed {GC.GetTotalMemory(false) / 1048576.0,6:F1} MiB  live tensors {torch.Tensor.TotalCount}");
            }

            return passed < length;
        }

        /// <summary>The verdict: what the first tenth brings is the compiler's and the pools'.</summary>
        public void Tell(double flat)
        {
            (double start, double middle, double end) = (_resident[_resident.Count / 10], _resident[_resident.Count / 2], _resident[^1]);
            bool isFlat = end - middle <= flat * middle;
            Console.WriteLine($"resident memory: start (after a tenth) {start:F1} MiB, middle {middle:F1} MiB, end {end:F1} MiB: {(isFlat ? "flat" : "GROWS")} (end against middle {(end - middle) / middle:+0.0 %;-0.0 %}, bound {flat:P0})");
        }
    }
}

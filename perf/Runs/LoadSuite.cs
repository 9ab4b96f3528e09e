using System.Diagnostics;
using System.Globalization;
using CAManim.Native.Models;
using CAManim.Native.Models.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Perf.Runs;

/// <summary>Putting weights into a network against reading the file: into memory that is there, and as the first thing of a process.</summary>
internal static class LoadSuite
{
    private static int Processes => Statistics.IsQuick ? 1 : 5;

    // Compiles what is measured; its memory is of no account.
    private const string Small = "cifar10_resnet20";

    /// <param name="model">Name of the zoo.</param>
    /// <param name="file">A weight file; null for one that is written here (safetensors).</param>
    public static void Run(string model, string? file = null)
    {
        string folder = Directory.CreateTempSubdirectory("camanim-perf").FullName;
        try
        {
            string path = file ?? Write(model, Path.Combine(folder, "weights.safetensors"));
            string small = Write(Small, Path.Combine(folder, "small.safetensors"));
            Console.WriteLine($"{model}, {Path.GetFileName(path)} of {new FileInfo(path).Length >> 20} MiB");
            using (LoadedModel network = ModelZoo.Create(model, path))
            using (Tensor memory = Read(path))
            {
                var times = Statistics.MeasureInTurns(() => Read(path, memory), () => network.LoadWeights(path));
                Console.WriteLine($"  into memory that is there: reading {times[0].Median:F1} ms, loading {times[1].Median:F1} ms, {times[1].Median / times[0].Median:F2} x (medians of {Statistics.Repeats})");
            }

            (double Time, double Growth)[][] first = [.. Enumerable.Range(0, Processes).Select(_ => new[] { Start(model, path, small, "read"), Start(model, path, small, "network") })];
            (double read, double making) = (Median(first.Select(f => f[0].Time)), Median(first.Select(f => f[1].Time)));
            Console.WriteLine($"  into new memory: reading {read:F1} ms, making and loading the network {making:F1} ms, {making / read:F2} x (medians of {Processes} processes)");
            Console.WriteLine($"  the process grows by {Median(first.Select(f => f[1].Growth)):F0} MiB, at its peak");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Reads or loads once and prints the milliseconds and the MiB of peak memory; started by <see cref="Run"/>.</summary>
    public static void RunOnce(string model, string path, string small, string what)
    {
        Once(Small, small, what).Dispose();
        File.WriteAllText("/proc/self/clear_refs", "5");
        long before = Peak();
        long start = Stopwatch.GetTimestamp();
        using IDisposable held = Once(model, path, what);
        double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{elapsed} {(Peak() - before) / 1048576.0}"));
    }

    private static IDisposable Once(string model, string path, string what) => what == "read" ? Read(path) : ModelZoo.Create(model, path);

    private static (double Time, double Growth) Start(string model, string path, string small, string what)
    {
        string[] words = OwnProcess.Run("load-once", model, path, small, what).Split(' ');
        return (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    private static string Write(string model, string path)
    {
        using LoadedModel network = ModelZoo.Create(model, "rule:camanim");
        SafeTensorsWriter.Write(path, network.Module.state_dict().Where(s => s.Value.dtype == ScalarType.Float32)
            .Select(s => (s.Key, (int[])[.. s.Value.shape.Select(d => (int)d)], (ReadOnlyMemory<float>)s.Value.data<float>().ToArray())));
        return path;
    }

    private static Tensor Read(string path)
    {
        Tensor memory = empty(new FileInfo(path).Length, ScalarType.Byte);
        Read(path, memory);
        return memory;
    }

    // In one call, as fast as the system gives the file.
    private static void Read(string path, Tensor memory)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        stream.ReadExactly(memory.bytes);
    }

    private static long Peak()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}

using System.Diagnostics;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Perf.Runs;

/// <summary>All maps of a network against the floor, in time and in peak memory.</summary>
internal static class EngineSuite
{
    private const int ClassIndex = 207;
    private const int MemoryRuns = 5;

    /// <param name="model">Name of the zoo.</param>
    /// <param name="size">Side of the input; null for the network's own.</param>
    /// <param name="repeats">Measured runs of each case.</param>
    public static void Run(string model, int? size = null, int repeats = Statistics.Repeats)
    {
        using LoadedModel network = ModelZoo.Create(model);
        network.LoadWeights("rule:camanim");
        int side = size ?? network.InputSize;
        manual_seed(1);
        using Tensor input = randn(1, 3, side, side);
        CamEngine engine = new(network.Module);
        CamMethod[] methods = [CamMethod.GradCAM, CamMethod.HiResCAM, CamMethod.GradCAMPlusPlus];
        CamResult? result = null;
        Action[] cases =
        [
            () => FloorRun.Run(network, input, ClassIndex),
            .. methods.Select(method => (Action)(() => result = engine.Run(input, new CamOptions { Method = method, Target = Target.Class(ClassIndex) }))),
        ];
        var times = Statistics.MeasureInTurns(repeats, cases);
        if (result is null || result.Frames.Count == 0 || result.GlobalMaximum <= 0)
        {
            throw new InvalidOperationException("The benchmark computed no maps.");
        }

        Console.WriteLine($"{model}, {side}x{side}, {result.Frames.Count} maps, {get_num_threads()} threads; median (smallest to largest) of {repeats}");
        Console.WriteLine($"  floor (forward + backward)  {times[0].Median,8:F1} ms  ({times[0].Smallest:F1} to {times[0].Largest:F1})");
        for (int i = 0; i < methods.Length; i++)
        {
            var t = times[i + 1];
            Console.WriteLine($"  all maps, {CamMethods.NameOf(methods[i]),-17} {t.Median,8:F1} ms  ({t.Smallest:F1} to {t.Largest:F1})  {t.Median / times[0].Median:F2} x floor");
        }

        double plain = MeasurePeak(model, side, "plain");
        double maps = MeasurePeak(model, side, "maps");
        Console.WriteLine($"  peak memory: plain {plain:F0} MiB, all maps {maps:F0} MiB, {maps / plain:F2} x plain");
    }

    /// <summary>Runs one case a few times and prints the peak resident memory of the process; started by <see cref="MeasurePeak"/>.</summary>
    public static void RunForMemory(string model, int side, string what)
    {
        using LoadedModel network = ModelZoo.Create(model);
        network.LoadWeights("rule:camanim");
        using Tensor input = randn(1, 3, side, side);
        CamEngine engine = new(network.Module);
        for (int i = 0; i < MemoryRuns; i++)
        {
            if (what == "plain")
            {
                FloorRun.Run(network, input, ClassIndex);
            }
            else
            {
                engine.Run(input, new CamOptions { Target = Target.Class(ClassIndex) });
            }
        }

        Console.WriteLine(Process.GetCurrentProcess().PeakWorkingSet64);
    }

    private static double MeasurePeak(string model, int side, string what)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, ["memory", model, $"{side}", what]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return long.Parse(output.Trim()) / 1048576.0;
    }
}

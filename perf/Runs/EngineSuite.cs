using System.Diagnostics;
using System.Globalization;
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
    private const int MemoryRuns = 5;

    /// <param name="model">Name of the zoo.</param>
    /// <param name="size">Side of the input; null for the network's own.</param>
    /// <param name="repeats">Measured runs of each case.</param>
    public static void Run(string model, int? size = null, int? repeats = null)
    {
        using LoadedModel network = PerfNetwork.Open(model);
        int side = size ?? network.InputSize;
        manual_seed(1);
        using Tensor input = randn(1, 3, side, side);
        int classIndex = PerfNetwork.TopClass(network, input);
        CamEngine engine = new(network.Module);
        CamMethod[] methods = [CamMethod.GradCAM, CamMethod.HiResCAM, CamMethod.GradCAMPlusPlus];
        CamResult? result = null;
        int runs = repeats ?? Statistics.Repeats;
        Action[] cases =
        [
            () => FloorRun.Run(network, input, classIndex),
            .. methods.Select(method => (Action)(() => result = engine.Run(input, new CamOptions { Method = method, Target = Target.Class(classIndex) }))),
        ];
        var times = Statistics.MeasureInTurns(runs, cases);
        if (result is null || result.Frames.Count == 0 || result.GlobalMaximum <= 0)
        {
            throw new InvalidOperationException("The benchmark computed no maps.");
        }

        Console.WriteLine($"{model}, {side}x{side}, {result.Frames.Count} maps, {get_num_threads()} threads; median (smallest to largest) of {runs}");
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
        using LoadedModel network = PerfNetwork.Open(model);
        using Tensor input = randn(1, 3, side, side);
        int classIndex = PerfNetwork.TopClass(network, input);
        CamEngine engine = new(network.Module);
        for (int i = 0; i < MemoryRuns; i++)
        {
            if (what == "plain")
            {
                FloorRun.Run(network, input, classIndex);
            }
            else
            {
                engine.Run(input, new CamOptions { Target = Target.Class(classIndex) });
            }
        }

        Console.WriteLine(Process.GetCurrentProcess().PeakWorkingSet64);
    }

    private static double MeasurePeak(string model, int side, string what) =>
        long.Parse(OwnProcess.Run("memory", model, $"{side}", what), CultureInfo.InvariantCulture) / 1048576.0;
}

using CAManim.Native.Engine;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Perf.Runs;

/// <summary>Several methods and several targets at once against one, and principal components against the floor.</summary>
internal static class MethodSuite
{
    // Rounds after which the compiler is done with the kernels of all methods.
    private static int WarmUps => Statistics.IsQuick ? 1 : 20;

    public static void Run(string model)
    {
        using LoadedModel network = PerfNetwork.Open(model);
        manual_seed(1);
        using Tensor input = randn(1, 3, network.InputSize, network.InputSize);
        CamEngine engine = new(network.Module);
        int classIndex = PerfNetwork.TopClass(network, input);
        Target target = Target.Class(classIndex);
        CamMethod[] gradient = [CamMethod.GradCAM, CamMethod.HiResCAM, CamMethod.GradCAMElementWise, CamMethod.GradCAMPlusPlus, CamMethod.XGradCAM, CamMethod.LayerCAM];
        for (int round = 0; round < WarmUps; round++)
        {
            engine.RunMany(input, gradient, [target]);
            engine.Run(input, new CamOptions { Target = target });
        }

        var times = Statistics.MeasureInTurns(
        [
            () => FloorRun.Run(network, input, classIndex),
            () => engine.Run(input, new CamOptions { Target = target }),
            () => engine.RunMany(input, gradient, [target]),
            () => engine.RunMany(input, [CamMethod.GradCAM], [target, Target.Class(classIndex == 0 ? 1 : 0)]),
            () => engine.Run(input, new CamOptions { Method = CamMethod.EigenCAM, Target = target }),
        ]);
        Console.WriteLine($"{model}, several methods and targets, {get_num_threads()} threads; medians of {Statistics.Repeats}");
        Console.WriteLine($"  floor                {times[0].Median,8:F1} ms");
        Console.WriteLine($"  GradCAM              {times[1].Median,8:F1} ms  {times[1].Median / times[0].Median:F2} x floor");
        Console.WriteLine($"  {gradient.Length} gradient methods   {times[2].Median,8:F1} ms  {times[2].Median / times[1].Median:F2} x one");
        Console.WriteLine($"  GradCAM, 2 targets   {times[3].Median,8:F1} ms  {times[3].Median / times[1].Median:F2} x one");
        Console.WriteLine($"  EigenCAM             {times[4].Median,8:F1} ms  {times[4].Median / times[0].Median:F2} x floor");
    }
}

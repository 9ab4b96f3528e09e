using System.Diagnostics;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Perf.Runs;

/// <summary>ScoreCAM and AblationCAM against as many plain forwards in batches; AblationCAM also against the whole network for every channel.</summary>
internal static class PerturbationSuite
{
    private const int BatchSize = 16;
    private static int Rounds => Statistics.IsQuick ? 1 : 5;

    // Ten layers over the depth of a ResNet-18; together 2,880 channels.
    private const string TenLayers = "relu,layer1.0,layer1.1,layer2.0,layer2.1,layer3.0,layer3.1,layer4.0,layer4.1,layer4.1.conv2";

    public static void Run(string model, string? layers)
    {
        using LoadedModel network = PerfNetwork.Open(model);
        manual_seed(1);
        using Tensor input = randn(1, 3, network.InputSize, network.InputSize);
        CamEngine engine = new(network.Module);
        CamOptions options = new()
        {
            Target = Target.Class(PerfNetwork.TopClass(network, input)),
            Layers = LayerSelection.Parse(layers ?? (model == "resnet18" ? TenLayers : "all")),
        };
        using Tensor batch = randn(BatchSize, 3, network.InputSize, network.InputSize);
        double[][] times = [new double[Rounds], new double[Rounds]];
        CamMethod[] methods = [CamMethod.ScoreCAM, CamMethod.AblationCAM];
        double[] plain = new double[Rounds];
        long forwards = 0;
        foreach (CamMethod method in methods)
        {
            // Twice over all layers, with few channels, so that the compiler is done with what is measured.
            engine.Run(input, options with { Method = method, ChannelLimit = 16 });
            engine.Run(input, options with { Method = method, ChannelLimit = 16 });
        }

        Forwards(network, batch, 8);
        for (int round = 0; round < Rounds; round++)
        {
            plain[round] = Forwards(network, batch, 8);
            for (int m = 0; m < methods.Length; m++)
            {
                long start = Stopwatch.GetTimestamp();
                CamResult result = engine.Run(input, options with { Method = methods[m] });
                times[m][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                forwards = CountForwards(result);
            }
        }

        double perImage = Median(plain);
        Console.WriteLine($"{model}, {network.InputSize}x{network.InputSize}, {get_num_threads()} threads; medians of {Rounds}");
        Console.WriteLine($"  plain forward in batches of {BatchSize}   {perImage:F2} ms an image");
        for (int m = 0; m < methods.Length; m++)
        {
            double time = Median(times[m]);
            Console.WriteLine($"  {CamMethods.NameOf(methods[m]),-12} {time,9:F0} ms for {forwards} forwards: {time / (forwards * perImage):F3} x as many plain ones");
        }
    }

    /// <summary>Channels of every layer with a map of its own; a container and its last child share theirs.</summary>
    private static long CountForwards(CamResult result)
    {
        HashSet<float[]> seen = new(ReferenceEqualityComparer.Instance);
        return result.Frames.Where(f => System.Runtime.InteropServices.MemoryMarshal.TryGetArray(f.SignedMap, out ArraySegment<float> values) && seen.Add(values.Array!)).Sum(f => (long)f.Channels);
    }

    private static double Forwards(LoadedModel network, Tensor batch, int count)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable none = no_grad();
            network.Module.call(batch);
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / (count * BatchSize);
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}

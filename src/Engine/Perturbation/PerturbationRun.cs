using System.Diagnostics;
using System.Runtime.InteropServices;
using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Targets;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Perturbation;

/// <summary>The maps, by methods that run the network again, of every tap that the capture found on the way to the score.</summary>
internal sealed class PerturbationRun(
    nn.Module<Tensor, Tensor> model, IReadOnlyList<ModuleNode> nodes, CaptureRun capture, Tensor input, CamOptions options, CancellationToken cancellation)
{
    /// <summary>Fills one method's maps of one pass.</summary>
    /// <param name="method">The method.</param>
    /// <param name="index">Its place among the run's methods.</param>
    /// <param name="pass">The pass.</param>
    /// <param name="targets">The pass's target of each image.</param>
    /// <param name="scores">Their values for the images as they are.</param>
    public void Fill(RerunMethod method, int index, int pass, TargetScore[] targets, double[] scores)
    {
        LayerTap[] taps = [.. capture.Taps.Where(t => t.Maps[pass] is not null && t.SkipReasons[index] is null).Reverse()];
        if (taps.Length == 0)
        {
            return;
        }

        int batchSize = BatchSize.Choose(options.BatchSize, input, taps.Max(t => t.Activation!.numel()) / input.shape[0]);
        BatchedForwards[] forwards = [.. targets.Select(t => new BatchedForwards(model, nodes, t, batchSize, options.Precision, cancellation))];
        double left = taps.Sum(t => Count(method, t));
        double done = 0;
        double seconds = 0;
        foreach (LayerTap tap in taps)
        {
            long start = Stopwatch.GetTimestamp();
            TapMap[] maps = tap.Twin?.Maps[pass] is { } twin && twin[index].Length > 0 ? twin[index] : Perturb(method, tap, targets, scores, forwards);
            tap.Maps[pass]![index] = maps;
            double cost = Count(method, tap);
            seconds += cost > 0 ? Stopwatch.GetElapsedTime(start).TotalSeconds : 0;
            (done, left) = (done + cost, left - cost);
            capture.Report(tap.Name, done == 0 ? null : TimeSpan.FromSeconds(seconds / done * left), maps.Length == 1 ? maps[0].Signed : default(ReadOnlyMemory<float>));
        }
    }

    // What a layer costs in forwards; nothing where its map is there already.
    private double Count(RerunMethod method, LayerTap tap)
    {
        if (tap.Twin is not null || options.Finished.ContainsKey(tap.Name))
        {
            return 0;
        }

        using Tensor folded = tap.Layout.Fold(tap.Activation!).alias();
        return method.Description.CountForwards(Math.Min(folded.shape[1], options.ChannelLimit ?? long.MaxValue), folded.shape[2], folded.shape[3]);
    }

    private TapMap[] Perturb(RerunMethod method, LayerTap tap, TargetScore[] targets, double[] scores, BatchedForwards[] forwards)
    {
        TapMap[] maps = new TapMap[targets.Length];
        for (int n = 0; n < maps.Length; n++)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable none = no_grad();
            Tensor activation = tap.Activation!.narrow(0, n, 1);
            Tensor folded = tap.Layout.Fold(activation);
            ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(OutputShape.AsFloats(folded).bytes);
            (int channels, int height, int width) = ((int)folded.shape[1], (int)folded.shape[2], (int)folded.shape[3]);
            if (options.Finished.TryGetValue(tap.Name, out ReadOnlyMemory<float> finished))
            {
                maps[n] = TapMap.Create(channels, height, width, Finished(tap.Name, finished, height * width), (int)input.shape[2], (int)input.shape[3]);
                continue;
            }

            PerturbedLayer layer = new()
            {
                Node = tap.Node,
                Call = tap.Call,
                Layout = tap.Layout,
                Input = InputLayout.Arrange(input.narrow(0, n, 1).detach(), options.MemoryFormat),
                Activation = activation,
                Folded = folded,
                Score = scores[n],
                Chosen = ChannelChoice.Choose(values, channels, options.ChannelLimit),
                Options = options,
            };
            float[] signed = GC.AllocateUninitializedArray<float>(height * width);
            method.Explain(layer, forwards[n], signed);
            maps[n] = TapMap.Create(channels, height, width, signed, (int)input.shape[2], (int)input.shape[3]);
        }

        return maps;
    }

    private static float[] Finished(string layer, ReadOnlyMemory<float> signedMap, int pixels) => signedMap.Length == pixels
        ? signedMap.ToArray()
        : throw new CamException($"The finished map of '{layer}' has {signedMap.Length} values, the layer {pixels}. Give what a run over the same input reported.");
}

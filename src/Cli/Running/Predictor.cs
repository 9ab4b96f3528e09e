using System.Diagnostics;
using System.Runtime.InteropServices;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Cli.Running;

/// <summary>A forward pass.</summary>
internal static class Predictor
{
    public static PredictReport Run(string modelName, string weights, InputRequest request, int top)
    {
        long start = Stopwatch.GetTimestamp();
        using LoadedModel model = Usage.Check(() => ModelZoo.Create(modelName));
        ModelInput input = InputReader.Read(request, model);
        model.LoadWeights(weights);
        float[] logits = Forward(model, input);
        return new PredictReport
        {
            Model = model.Name,
            Weights = weights,
            Input = Reports.Input(request, input, model),
            Top = Scores.Top(logits, model.ClassNames, top),
            Logits = [.. logits.Select(Finite.OrNull)],
            ElapsedMilliseconds = Finite.Milliseconds(Stopwatch.GetElapsedTime(start)),
            Versions = Versions.Collect(withLibav: false),
        };
    }

    private static float[] Forward(LoadedModel model, ModelInput input)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = model.Module.call(input.ToTensor()).to(ScalarType.Float32).contiguous();
        return MemoryMarshal.Cast<byte, float>(logits.bytes).ToArray();
    }
}

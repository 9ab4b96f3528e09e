using System.Diagnostics;
using System.Runtime.InteropServices;
using CAManim.Native.Cli.Commands;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Cli.Running;

/// <summary>A forward pass.</summary>
internal static class Predictor
{
    public static PredictReport Run(string deviceName, string modelName, string weights, bool isOffline, InputRequest request, int top, CommandContext context)
    {
        long start = Stopwatch.GetTimestamp();
        ComputeDevice device = ComputeDevice.Resolve(deviceName);
        using LoadedModel model = Usage.Check(() => ModelZoo.Create(modelName));
        Func<LoadedModel, ModelInput> source = InputReader.Open(request);
        Weights.Load(model, weights, isOffline, new LineProgress(context.Error), context.Cancellation);
        device.Place(model.Module);
        ModelInput input = source(model);
        float[] logits = Forward(model, device, input);
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

    private static float[] Forward(LoadedModel model, ComputeDevice device, ModelInput input)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = model.Module.call(device.Place(input.ToTensor())).to(ScalarType.Float32, CPU).contiguous();
        return MemoryMarshal.Cast<byte, float>(logits.bytes).ToArray();
    }
}

using System.Diagnostics;
using CAManim.Native.Cli.Commands;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Results;
using CAManim.Native.Kernels.Outputs;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;
using static TorchSharp.torch;

namespace CAManim.Native.Cli.Running;

/// <summary>A forward pass.</summary>
internal static class Predictor
{
    /// <summary>A report of each input, in their order; the network is loaded once.</summary>
    public static IReadOnlyList<PredictReport> Run(string deviceName, NetworkRequest network, IReadOnlyList<InputRequest> requests, ScoreActivation activation, int top, CommandContext context)
    {
        long start = Stopwatch.GetTimestamp();
        ComputeDevice device = ComputeDevice.Resolve(deviceName);
        using LoadedModel model = Networks.Create(network);
        Func<LoadedModel, ModelInput> first = InputReader.Open(requests[0]);
        Networks.Load(model, network, new LineProgress(context.Error), context.Cancellation);
        device.Place(model.Module);
        List<PredictReport> reports = [];
        foreach (InputRequest request in requests)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Func<LoadedModel, ModelInput> source = reports.Count == 0 ? first : InputReader.Open(request);
            reports.Add(Predict(source(model), request));
            start = Stopwatch.GetTimestamp();
        }

        return reports;

        PredictReport Predict(ModelInput input, InputRequest request)
        {
            context.Warn(input.Picture?.Note);
            using Tensor tensor = device.Place(input.ToTensor());
            Prediction prediction = new CamEngine(model.Module).Predict(tensor, activation)[0];
            return new PredictReport
            {
                Model = model.Name,
                Weights = network.Weights!,
                Input = Reports.Input(request, input, model),
                Activation = Choice.NameOf(prediction.Activation),
                ActivationReason = prediction.ActivationReason,
                Top = Scores.Top(prediction.Logits, prediction.Activation, model.ClassNames, top),
                Logits = [.. prediction.Logits.ToArray().Select(Finite.OrNull)],
                ElapsedMilliseconds = Finite.Milliseconds(Stopwatch.GetElapsedTime(start)),
                Versions = Versions.Collect(withLibav: false),
            };
        }
    }
}

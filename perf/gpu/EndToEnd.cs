using System.Diagnostics;
using System.Runtime.CompilerServices;
using CAManim.Native.Encoding;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Results;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Interop;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Perf.Gpu;

/// <summary>Image tensor to encoded video: the maps of the next image are made while the frames of this one are drawn and encoded.</summary>
internal static class EndToEnd
{
    private const int WarmUps = 3;
    private const int Videos = 40;
    private const double TargetPerSecond = 20;
    private const double TargetFirstMilliseconds = 100;

    /// <summary>Whether nothing went wrong; what cannot run here is said and is no fault.</summary>
    public static bool Run(KernelDevice device, Report report)
    {
        report.Line("## End to end");
        report.Line("");
        TorchRuntimeReport torch = TorchRuntime.Load();
        if (torch.Problem is not null)
        {
            report.Line($"Not run: libtorch is not there. {torch.Problem.ReplaceLineEndings(" ")} Set {TorchRuntime.Variable} to the folder of a Python torch (`python3 -c 'import torch; print(torch.__path__[0])'`).");
            return true;
        }

        report.Line($"- libtorch {torch.LibTorchVersion ?? "of an unknown version"} in {torch.LibTorch}{(torch.VersionNote is null ? "" : $". {torch.VersionNote}")}");
        return RunLoaded(device, report);
    }

    // Apart, so that TorchSharp is not touched where libtorch is not there.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool RunLoaded(KernelDevice device, Report report)
    {
        bool isCard = device.Info.Kind == AcceleratorKind.Cuda;
        ComputeDevice place = isCard ? new ComputeDevice(device.Info.Index) : ComputeDevice.Processor;
        if (place.FindProblem() is { } problem)
        {
            report.Line($"Not run: {problem}");
            return true;
        }

        (string name, int size) = isCard ? ("resnet50", 224) : ("cifar10_resnet20", 32);
        using LoadedModel model = ModelZoo.Create(name);
        model.LoadWeights("rule:camanim");
        using Tensor host = randn(1, 3, size, size);
        CamEngine engine = new(model.Module);
        CamResult reference = engine.Run(host, new CamOptions());
        place.Place(model.Module);
        using Tensor input = isCard ? host.cuda() : host.alias();
        CamOptions options = new() { EmulatesKernels = !isCard, Layers = isCard ? Engine.Layers.LayerSelection.All : Engine.Layers.LayerSelection.Parse("layer3*") };
        bool isGood = Compare(reference, engine.Run(input, options), report);
        if (!Libav.IsAvailable)
        {
            report.Line($"No video: {Libav.Report().Problem}");
            return isGood;
        }

        using KernelDevice frames = isCard ? KernelDevice.Open(AcceleratorKind.Cuda, device.Info.Index, hasOwnOrder: true) : KernelDevice.Open(AcceleratorKind.Emulator);
        RgbImage image = new(size, size, new byte[3 * size * size]);
        VideoOptions look = new() { Device = frames, Scale = 1 };
        string path = Path.Combine(Path.GetTempPath(), $"camanim-gpu-{Environment.ProcessId}.mp4");
        try
        {
            int warmUps = isCard ? WarmUps : 0;
            VideoSummary summary = Write(engine.Run(input, options));
            for (int i = 1; i < warmUps; i++)
            {
                summary = Write(engine.Run(input, options));
            }

            report.Line($"- {name} GradCAM, both normalisations, {summary.Frames} layers, {summary.Width}x{summary.Height}, encoder {summary.Codec}, {(isCard && summary.Note is null ? "frames stay on the card until they are encoded" : "frames drawn into memory that it shares with the device")}{(summary.Note is null ? "" : $". {summary.Note}")}");
            if (isCard)
            {
                Measure();
            }

            return isGood;
        }
        finally
        {
            File.Delete(path);
        }

        VideoSummary Write(CamResult result) => CamVideo.Write(path, image, result.Frames, look);

        void Measure()
        {
            long start = Stopwatch.GetTimestamp();
            CamResult result = engine.Run(input, options);
            double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            Task<VideoSummary> writing = Task.Run(() => Write(result));
            start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Videos; i++)
            {
                CamResult next = engine.Run(input, options);
                writing.Wait();
                writing = Task.Run(() => Write(next));
            }

            writing.Wait();
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            report.Line($"- first result, warm: {first:F1} ms (target: below {TargetFirstMilliseconds})");
            report.Line($"- steady state: {Videos / seconds:F1} videos/s, {Videos * result.Frames.Count / seconds:F0} frames/s (target: {TargetPerSecond} videos/s)");
        }
    }

    // Convolutions of a card differ from the processor's by more than the kernels do.
    private static bool Compare(CamResult expected, CamResult actual, Report report)
    {
        const double Tolerance = 0.02;
        double worst = 0;
        foreach (LayerMap map in actual.Frames)
        {
            LayerMap reference = expected.Frames.Single(f => f.Name == map.Name);
            (double difference, double norm) = (0, 0);
            for (int i = 0; i < map.Map.Length; i++)
            {
                difference += Math.Pow(map.SignedMap.Span[i] - reference.SignedMap.Span[i], 2);
                norm += Math.Pow(reference.SignedMap.Span[i], 2);
            }

            worst = Math.Max(worst, norm == 0 ? 0 : Math.Sqrt(difference / norm));
        }

        report.Line($"- maps of {actual.Frames.Count} layers against the processor's: largest relative difference {worst:E1}{(worst <= Tolerance ? "" : $", WRONG: more than {Tolerance}")}");
        return worst <= Tolerance;
    }
}

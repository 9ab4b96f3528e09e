using System.Diagnostics;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Cli.Running;

/// <summary>Says beforehand what an input that is much larger than the network's own will cost.</summary>
internal static class LargeInput
{
    // An input of four times the side.
    private const double Many = 16;

    // Forward with taps, backward, maps.
    private const double PassesOfMaps = 4;

    public static void Warn(ModelInput input, LoadedModel model, ComputeDevice device, Action<string?> warn)
    {
        double times = (double)input.Height * input.Width / ((double)model.InputSize * model.InputSize);
        if (times < Many)
        {
            return;
        }

        string estimate = Seconds(input.Channels, model, device) is { } seconds ? $", about {Words(seconds * PassesOfMaps * times)} for the maps" : "";
        warn($"The input has {input.Width}x{input.Height} pixels, {times:0} times the network's own {model.InputSize}x{model.InputSize}: expect so many times its time and memory{estimate}. --resize stretch or --size computes less; maps are shown over the whole picture all the same.");
    }

    private static string Words(double seconds) => seconds < 90 ? $"{seconds:0} s" : $"{seconds / 60:0} min";

    // One forward at the network's own size; null where it does not take that.
    private static double? Seconds(int channels, LoadedModel model, ComputeDevice device)
    {
        try
        {
            using IDisposable noGradient = no_grad();
            using DisposeScope scope = NewDisposeScope();
            Tensor own = device.Place(zeros(1, channels, model.InputSize, model.InputSize));
            long start = Stopwatch.GetTimestamp();
            _ = model.Module.call(own).to(CPU);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        catch (System.Runtime.InteropServices.ExternalException)
        {
            return null;
        }
    }
}

using CAManim.Native.Encoding;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Perf.Runs;

/// <summary>From a decoded image to a finished video, against the floor.</summary>
internal static class VideoSuite
{
    public static void Run(string model)
    {
        using LoadedModel network = PerfNetwork.Open(model);
        RgbImage picture = DrawPicture(480, 360);
        Preprocessing preprocessing = Preprocessing.For(network);
        using Tensor input = preprocessing.Apply(picture).ToTensor();
        int classIndex = PerfNetwork.TopClass(network, input);
        CamEngine engine = new(network.Module);
        string folder = Directory.CreateTempSubdirectory("camanim-perf").FullName;
        try
        {
            string path = Path.Combine(folder, "maps.mp4");
            VideoSummary? summary = null;
            var times = Statistics.MeasureInTurns(
                () => FloorRun.Run(network, input, classIndex),
                () => summary = ImageToVideo(network, engine, preprocessing, picture, classIndex, path));
            Console.WriteLine($"{model}: decoded image to finished MP4, {summary!.Frames} frames of {summary.Width}x{summary.Height}; median (smallest to largest) of {Statistics.Repeats}");
            Console.WriteLine($"  floor (forward + backward)  {times[0].Median,8:F1} ms  ({times[0].Smallest:F1} to {times[0].Largest:F1})");
            Console.WriteLine($"  image to MP4                {times[1].Median,8:F1} ms  ({times[1].Smallest:F1} to {times[1].Largest:F1})  {times[1].Median / times[0].Median:F2} x floor; encoding {summary.Elapsed.TotalMilliseconds:F0} ms of the last run");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static VideoSummary ImageToVideo(LoadedModel network, CamEngine engine, Preprocessing preprocessing, RgbImage picture, int classIndex, string path)
    {
        ModelInput input = preprocessing.Apply(picture);
        using Tensor tensor = input.ToTensor();
        CamResult result = engine.Run(tensor, new CamOptions { Target = Target.Class(classIndex) });
        return CamVideo.Write(path, input.Image, result.Frames, new VideoOptions
        {
            Target = network.ClassNames[classIndex],
            Probability = result.Probability,
            GlobalMinimum = result.GlobalMinimum,
            GlobalMaximum = result.GlobalMaximum,
        });
    }

    // Smooth shapes with some grain: neither trivial nor noise for the encoder.
    private static RgbImage DrawPicture(int width, int height)
    {
        Random random = new(1);
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int y, int x) = Math.DivRem(i / 3, width);
            double shade = 128 + (70 * Math.Sin(x * 0.03) * Math.Cos(y * 0.05)) + (30 * Math.Sin((x + y) * 0.2));
            pixels[i] = (byte)Math.Clamp(shade + random.Next(-6, 7) + (20 * (i % 3)), 0, 255);
        }

        return new RgbImage(width, height, pixels);
    }
}

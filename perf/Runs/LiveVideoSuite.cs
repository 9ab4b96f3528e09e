using System.Diagnostics;
using CAManim.Native.Encoding;
using CAManim.Native.Encoding.Interop;
using CAManim.Native.Encoding.Layout;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Results;
using CAManim.Native.Models;
using CAManim.Native.Models.Demo;
using CAManim.Native.Models.Images;
using static TorchSharp.torch;

namespace CAManim.Native.Perf.Runs;

/// <summary>What a live page that shows a video would wait for, before the socket and the browser's decoder: composing a frame, encoding it without delay, and its fragment of an MP4.</summary>
internal static class LiveVideoSuite
{
    private const int Frames = 200;
    private const int Settled = 50;

    // About as many pixels as the mosaic of the page.
    private const int Scale = 4;

    private static readonly VideoEncoderChoice Quickest = new("libx264", "yuv420p", ("preset", "ultrafast"), ("tune", "zerolatency"), ("crf", "23"), ("threads", "auto"));

    public static void Run(string model)
    {
        using LoadedModel network = PerfNetwork.Open(model);
        ModelInput input = Preprocessing.For(network).Apply(DemoScenes.DrawRandom(300, 2).Image);
        using Tensor tensor = input.ToTensor();
        CamResult maps = new CamEngine(network.Module).Run(tensor);
        FrameLayout layout = new(input.Image, maps.Frames, new VideoOptions { Scale = Scale, ShowImage = true });
        VideoFormat format = VideoFormat.Mp4 with { MuxerOptions = [("movflags", "empty_moov+default_base_moof+frag_every_frame")] };
        string file = Path.Combine(Path.GetTempPath(), $"camanim-perf-{Guid.NewGuid():N}.mp4");
        try
        {
            (double[] drawing, double[] encoding, long bytes) = Encode(layout, format, file, maps.Frames.Count);
            Console.WriteLine($"{model}, {layout.Width}x{layout.Height} pixels, {Quickest.Name} ultrafast, zerolatency, {bytes / Frames >> 10} KiB a frame");
            Tell("composing a frame", drawing);
            Tell("encoding it and writing its fragment", encoding);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (double[] Drawing, double[] Encoding, long Bytes) Encode(FrameLayout layout, VideoFormat format, string file, int maps)
    {
        List<double> drawing = [];
        List<double> encoding = [];
        using FrameBufferPool pool = new(format.Pixels, layout.Width, layout.Height, isIndexed: false);
        using VideoMuxer muxer = new(Quickest, format, layout.Width, layout.Height, 10, file);
        for (int i = 0; i < Frames; i++)
        {
            long start = Stopwatch.GetTimestamp();
            FrameBuffer buffer = pool.Rent();
            layout.DrawStillParts(buffer.Planes);
            layout.Draw(buffer.Planes, i % maps);
            long drawn = Stopwatch.GetTimestamp();
            muxer.Send(buffer, i);
            if (i >= Settled)
            {
                drawing.Add(Stopwatch.GetElapsedTime(start, drawn).TotalMilliseconds);
                encoding.Add(Stopwatch.GetElapsedTime(drawn).TotalMilliseconds);
            }
        }

        muxer.Finish();
        return ([.. drawing], [.. encoding], new FileInfo(file).Length);
    }

    private static void Tell(string what, double[] times)
    {
        Array.Sort(times);
        Console.WriteLine($"  {what}: median {times[times.Length / 2]:F1} ms, 95th percentile {times[(int)(times.Length * 0.95)]:F1} ms");
    }
}

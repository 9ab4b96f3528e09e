using CAManim.Native.Encoding.Interop;
using CAManim.Native.Encoding.Layout;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Tests.Video;

// Resident memory is that of the whole process: nothing else may run meanwhile.
[CollectionDefinition(nameof(ResourceTests), DisableParallelization = true)]
[Collection(nameof(ResourceTests))]
public sealed class ResourceTests
{
    [Fact]
    public void Fifty_videos_leave_resident_memory_flat()
    {
        TestVideo.RequireLibav();
        Assert.SkipUnless(File.Exists("/proc/self/status"), "resident memory is read from /proc");
        using TestVideo.Folder folder = new();
        RgbImage image = TestVideo.Image(48, 48);
        LayerMap[] layers = TestVideo.Layers(2);
        VideoOptions options = new() { Scale = 1 };
        string[] names = ["a.mp4", "a.mkv", "a.gif", "a.mp4", "a.mp4"];
        Encode(20);
        long before = Resident();
        Encode(50);
        long growth = Resident() - before;

        // A frame of this size is about 300 KB: one leaked buffer a video would be 15 MB, one leaked encoder far more.
        Assert.True(growth < 8 << 20, $"resident memory grew by {growth / 1024} KB over 50 videos");

        void Encode(int count)
        {
            for (int i = 0; i < count; i++)
            {
                CamVideo.Write(folder.File(names[i % names.Length]), image, layers, options);
            }

            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
        }
    }

    [Fact]
    public void The_buffers_of_a_video_stay_few()
    {
        TestVideo.RequireLibav();
        using TestVideo.Folder folder = new();
        using FrameBufferPool pool = new(FrameFormat.Yuv420, 64, 64, isIndexed: false);
        using (VideoMuxer muxer = new(VideoFormat.Mp4.ChooseEncoder(), VideoFormat.Mp4, 64, 64, 5, folder.File("a.mp4")))
        {
            for (int i = 0; i < 100; i++)
            {
                muxer.Send(pool.Rent(), i);
            }

            muxer.Finish();
        }

        Assert.InRange(pool.Count, 1, 16);
        HashSet<FrameBuffer> home = [.. Enumerable.Range(0, pool.Count).Select(_ => pool.Rent())];
        Assert.Equal(home.Count, pool.Count);
        foreach (FrameBuffer buffer in home)
        {
            pool.Return(buffer);
        }
    }

    [Fact]
    public void A_frame_costs_few_managed_bytes()
    {
        RgbImage image = TestVideo.Image(64, 64);
        LayerMap[] layers = TestVideo.Layers(20);
        FrameLayout layout = new(image, layers, new VideoOptions { Title = "t", Target = "t" });
        byte[] pixels = new byte[layout.Width * layout.Height * 4];
        FramePlanes planes = new(FrameFormat.Bgr0, layout.Width, layout.Height, pixels, layout.Width * 4);
        for (int i = 0; i < layers.Length; i++)
        {
            layout.Draw(planes, i);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < layers.Length; i++)
        {
            layout.Draw(planes, i);
        }

        // The captions' strings, nothing of the size of a row.
        long perFrame = (GC.GetAllocatedBytesForCurrentThread() - before) / layers.Length;
        Assert.True(perFrame < 1000, $"{perFrame} bytes a frame");
    }

    private static long Resident()
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) * 1024;
    }
}

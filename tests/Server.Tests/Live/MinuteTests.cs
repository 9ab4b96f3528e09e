using System.Diagnostics;
using CAManim.Native.Encoding;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models.Demo;
using CAManim.Native.Server.Sources;
using CAManim.Native.Server.Tests.Support;
using Microsoft.Playwright;

namespace CAManim.Native.Server.Tests.Live;

/// <summary>A video file round and round for more than a minute, watched by a browser that is cut off once and by a client that hardly draws.</summary>
[Collection(ChromiumCollection.Name)]
[Trait("Category", "Slow")]
public sealed class MinuteTests(Network network, Chromium chromium, ITestOutputHelper output) : IDisposable
{
    private const int Periods = 14;
    private const int Settled = 4;
    private const int CutOff = 6;
    private const int SceneCount = 20;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("camanim-minute-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AMinuteOfVideoIsShownWhileOneViewerIsCutOffAndAnotherIsSlow()
    {
        Assert.SkipUnless(Libav.IsAvailable, "libav is not installed");
        string video = Path.Combine(_folder, "scenes.mp4");
        Write(video);
        IPictureSource source = PictureSources.Open(new SourceOptions { Source = video, IsLooping = true }, () => Stream.Null);
        await using OpenLive open = await OpenLive.Start(network, chromium, source: source);
        using LiveClient slow = await LiveClient.Connect(open.Address);
        List<double> resident = [];
        List<byte[]> pictures = [];
        int slowFrames = 0;
        long first = await open.Frame();
        for (int period = 1; period <= Periods; period++)
        {
            long before = await open.Frame();
            await slow.Frame();
            await slow.Send("""{"type":"drawn"}""");
            slowFrames++;
            if (period == CutOff)
            {
                await open.Page.EvaluateAsync("window.sockets[0].close()");
            }

            await Task.Delay(Period);
            long drawn = await open.Frame() - before;
            Assert.True(drawn > 10, $"the page drew {drawn} frames in period {period}");
            using Process process = Process.GetCurrentProcess();
            resident.Add(process.WorkingSet64 / 1048576.0);
            pictures.Add(await open.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Environment.GetEnvironmentVariable("CAMANIM_SCREENSHOTS") is { Length: > 0 } to ? Path.Combine(to, $"minute-{period}.png") : null }));
        }

        long all = await open.Frame() - first;
        output.WriteLine($"{all} frames in {Periods * Period.TotalSeconds} s, {slowFrames} to the slow viewer; resident {string.Join(' ', resident.Select(r => r.ToString("F0")))} MiB");
        Assert.True(all > 10 * slowFrames, $"the page drew {all} frames, the slow viewer {slowFrames}");
        Assert.Equal(2, open.Channel.Viewers);
        Assert.Equal("Live", await open.Page.Locator("#status").TextContentAsync());
        Assert.Empty(open.Errors);
        Assert.Equal(pictures.Count, pictures.Select(Convert.ToHexString).Distinct().Count());

        // The compiler, the pools and the browser's first frames are done by then; a leak of a frame's tensors would be hundreds of MiB.
        Assert.True(resident[^1] < 1.1 * resident[Settled], $"resident memory went from {resident[Settled]:F0} to {resident[^1]:F0} MiB");
    }

    // Another scene four times a second.
    private static void Write(string path)
    {
        using LiveVideo video = new(path);
        float[] values = [0, 1, 2, 3];
        LayerMap map = new() { Name = "scene", ModuleClass = "Conv2d", Channels = 1, Height = 2, Width = 2, SignedMap = values, Map = values, Minimum = 0, Maximum = 3 };
        for (int i = 0; i < SceneCount; i++)
        {
            Assert.True(video.Add(DemoScenes.DrawRandom((uint)i, 2).Image, [map], new VideoOptions { Alpha = 0, View = NormalisationView.Local }, 0, TimeSpan.FromSeconds(i / 4.0)));
        }

        video.Complete();
    }
}

using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Results;
using CAManim.Native.Models;
using CAManim.Native.Models.Images;
using CAManim.Native.Server.Live;
using CAManim.Native.Server.Sources;
using CAManim.Native.Server.Tests.Support;
using TorchSharp;

namespace CAManim.Native.Server.Tests.Live;

public sealed class LiveTests(Network network)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // A message, and what its answer says.
    private static readonly string[][] Impossible =
    [
        ["""{"type":"settings","target":"9999"}""", "9999 is out of range", "8 classes"],
        ["""{"type":"settings","target":"-1"}""", "out of range"],
        ["""{"type":"settings","target":"not:9999"}""", "9999 is out of range"],
        ["""{"type":"settings","target":"1-9999"}""", "no class '1-9999'"],
        ["""{"type":"settings","target":"top:0"}""", "'top:0' is not a target"],
        ["""{"type":"settings","target":""}""", ""],
        ["""{"type":"settings","target":"sta"}""", "Did you mean 'star'"],
        ["""{"type":"settings","layers":"layr4"}""", "selects no module of demo_scenes", "'layer4'"],
        ["""{"type":"settings","layers":"class:Dropout9d"}""", "selects no module"],
        ["""{"type":"settings","layers":"fc"}""", "none of which gives a map"],
        ["""{"type":"settings","layers":" "}""", "selects nothing"],
        ["""{"type":"settings","method":"NoCAM"}""", "There is no method 'NoCAM'"],
        ["""{"type":"settings","method":"FullGrad"}""", "layers with a bias only"],
        ["""{"type":"settings","method":"LeGrad"}""", "again for every layer"],
        ["""{"type":"settings","method":"FinerCAM"}""", "'finer:CLASS', which GradCAM takes"],
        ["""{"type":"settings","method":"MetaCAM"}""", "made of other methods' maps"],
        ["""{"type":"settings","method":"Recipro-CAM"}""", "again for every position"],
        ["""{"type":"settings","target":7}""", "no JSON of the kind"],
        ["""{"type":"look","colorMap":"jett"}""", "'jett'"],
        ["""{"type":"look","alpha":7}""", "share of 7"],
        ["""{"type":"look","alpha":1e99}""", ""],
        ["""{"type":"show","layer":1e99}""", "no JSON of the kind"],
        ["""{"type":"record","on":"yes"}""", "no JSON of the kind"],
        ["""{"type":null}""", "is not known"],
        ["null", "no JSON of the kind"],
        ["[[[[[[[[", "no JSON of the kind"],
    ];

    [Fact]
    public async Task AFrameHoldsPictureAndMapsOfTheEngine()
    {
        using Still still = new();
        using LiveChannel channel = new(network.Served, new LiveSettings { RoadShare = 0 }, still);
        await using Running server = await Running.Start(network.Served, live: channel);
        channel.Start();
        using LiveClient client = await LiveClient.Connect(server.Address, server.Address);
        (JsonElement head, byte[] data) = await client.Until(_ => true);
        CamResult expected = Expected();
        JsonElement[] layers = [.. client.Setup.GetProperty("layers").EnumerateArray()];
        Assert.Equal(expected.Frames.Select(f => (f.Name, f.Height, f.Width)), layers.Select(l => (l.GetProperty("name").GetString()!, l.GetProperty("height").GetInt32(), l.GetProperty("width").GetInt32())));
        ModelInput input = Preprocessing.For(network.Served.Model).Apply(Pictures.Scene);
        Assert.Equal(input.Image.Pixels, data[..input.Image.Pixels.Length]);
        float[] ranges = [.. head.GetProperty("maps").EnumerateArray().Select(v => v.GetSingle())];
        int at = input.Image.Pixels.Length;
        for (int i = 0; i < layers.Length; i++)
        {
            (float low, float high) = (ranges[4 * i], ranges[(4 * i) + 1]);
            Assert.Equal((expected.Frames[i].Minimum, expected.Frames[i].Maximum), (ranges[(4 * i) + 2], ranges[(4 * i) + 3]));
            foreach (float value in expected.Frames[i].Map.Span)
            {
                // Half a step of 8 bits, and rounding.
                Assert.InRange(low + (data[at++] / 255f * (high - low)), value - ((high - low) / 500), value + ((high - low) / 500));
            }
        }

        Assert.Equal(data.Length, at);
        Assert.Equal(expected.ClassIndex, head.GetProperty("classIndex").GetInt32());
    }

    /// <summary>JPEG by libav has other pixels than by libjpeg-turbo, and 8 bits are not 12.</summary>
    [Theory]
    [InlineData("jpeg")]
    [InlineData("cases/img/xray12in16.png")]
    public async Task APhotographScoresAsEverywhereElse(string file)
    {
        string folder = Directory.CreateTempSubdirectory("camanim-photo-").FullName;
        try
        {
            string path = Path.Combine(folder, "photo.jpg");
            if (file == "jpeg")
            {
                Pictures.WriteJpeg(Pictures.Scene, path);
            }
            else
            {
                path = SharedFiles.Require(file);
            }

            using LiveChannel channel = new(network.Served, new LiveSettings { RoadShare = 0 }, PictureSources.Open(new SourceOptions { Source = path }, () => Stream.Null));
            await using Running server = await Running.Start(network.Served, live: channel);
            channel.Start();
            using LiveClient client = await LiveClient.Connect(server.Address);

            // The picture stays, and its layers are shown one after the other.
            (JsonElement first, _) = await client.Until(h => h.GetProperty("shown").GetInt32() == 2);
            (JsonElement later, _) = await client.Until(h => h.GetProperty("shown").GetInt32() == 4);
            Assert.Equal(1, later.GetProperty("number").GetInt64());
            using torch.Tensor tensor = Preprocessing.For(network.Served.Model).Apply(ImageFile.Open(path)).ToTensor();
            CamResult expected = new CamEngine(network.Served.Model.Module).Run(tensor);
            Assert.Equal(expected.Probability, first.GetProperty("probability").GetSingle());
            Assert.Equal(expected.ClassIndex, first.GetProperty("classIndex").GetInt32());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task TargetMethodAndLayersChangeWhileItRuns()
    {
        using Still still = new();
        using LiveChannel channel = new(network.Served, new LiveSettings(), still);
        await using Running server = await Running.Start(network.Served, live: channel);
        channel.Start();
        using LiveClient client = await LiveClient.Connect(server.Address);
        await client.Until(_ => true);
        int star = network.Served.Model.ClassNames.Resolve("star");
        await client.Send("""{"type":"settings","target":"star","method":"LayerCAM","layers":"layer4"}""");
        (JsonElement head, _) = await client.Until(h => h.GetProperty("maps").GetArrayLength() == 4);
        Assert.Equal(star, head.GetProperty("classIndex").GetInt32());
        Assert.Equal("LayerCAM", client.Setup.GetProperty("method").GetString());
        await client.Send("""{"type":"settings","target":"dragon"}""");
        Assert.Contains("dragon", (await Assert.ThrowsAsync<InvalidOperationException>(() => client.Until(_ => false))).Message);
        await client.Send("""{"type":"settings","method":"ScoreCAM"}""");
        Assert.Contains("not live", (await Assert.ThrowsAsync<InvalidOperationException>(() => client.Until(_ => false))).Message);
        await client.Send("no json");
        Assert.Contains("JSON", (await Assert.ThrowsAsync<InvalidOperationException>(() => client.Until(_ => false))).Message);
    }

    [Fact]
    public async Task WhatCannotBeIsAnsweredAndNothingElseChanges()
    {
        using Still still = new();
        using LiveChannel channel = new(network.Served, new LiveSettings { RoadShare = 0 }, still);
        await using Running server = await Running.Start(network.Served, live: channel);
        channel.Start();
        using LiveClient client = await LiveClient.Connect(server.Address);
        using LiveClient other = await LiveClient.Connect(server.Address);
        await client.Until(_ => true);
        int layers = client.Setup.GetProperty("layers").GetArrayLength();
        foreach (string[] row in Impossible)
        {
            await client.Send(row[0]);
            string answer = (await Assert.ThrowsAsync<InvalidOperationException>(() => client.Until(_ => false))).Message;
            Assert.All(row[1..], word => Assert.Contains(word, answer));
            await client.Until(h => h.GetProperty("maps").GetArrayLength() == 4 * layers);
            Assert.False(channel.Ended.IsCompleted, row[0]);
        }

        // The other page was told nothing, and goes on.
        await other.Until(h => h.GetProperty("number").GetInt64() >= channel.Frames);
        Assert.Equal(("top", "GradCAM", "all"), (channel.Settings.Target, channel.Settings.Method, channel.Settings.Layers));
        Assert.Equal(("jet", 0.5f), (channel.Look.ColorMap, channel.Look.Alpha));
    }

    [Fact]
    public async Task BinaryMessagesAreAnswered()
    {
        using Still still = new();
        using LiveChannel channel = new(network.Served, new LiveSettings { RoadShare = 0 }, still);
        await using Running server = await Running.Start(network.Served, live: channel);
        channel.Start();
        using LiveClient client = await LiveClient.Connect(server.Address);
        await client.Send([0xff, 0, 0x7b], WebSocketMessageType.Binary);
        Assert.Contains("binary", (await Assert.ThrowsAsync<InvalidOperationException>(() => client.Until(_ => false))).Message);
        await client.Until(_ => true);
    }

    [Fact]
    public async Task ANetworkWithoutClassNamesIsAskedForAClassThatItLacks()
    {
        using LoadedModel model = Nameless.Model();
        using Still still = new();
        using LiveChannel channel = new(new ServedModel(model, "seeded"), new LiveSettings { RoadShare = 0 }, still);
        await using Running server = await Running.Start(new ServedModel(model, "seeded"), live: channel);
        channel.Start();
        using LiveClient client = await LiveClient.Connect(server.Address);
        await client.Until(_ => true);
        await client.Send("""{"type":"settings","target":"9999"}""");
        Assert.Contains("7 classes, 0 to 6", (await Assert.ThrowsAsync<InvalidOperationException>(() => client.Until(_ => false))).Message);
        await client.Send("""{"type":"settings","target":"6"}""");
        (JsonElement head, _) = await client.Until(h => h.GetProperty("classIndex").GetInt32() == 6);
        Assert.False(channel.Ended.IsCompleted);
        Assert.Contains("9999", Assert.Throws<ArgumentException>(() => new LiveChannel(new ServedModel(model, "seeded"), new LiveSettings { Target = "9999" }, still)).Message);
        Assert.True(head.GetProperty("maps").GetArrayLength() > 0);
    }

    [Fact]
    public async Task ChangesThatComeTogetherAllHold()
    {
        using Still still = new();
        using LiveChannel channel = new(network.Served, new LiveSettings(), still);
        await using Running server = await Running.Start(network.Served, live: channel);
        using LiveClient client = await LiveClient.Connect(server.Address);

        // Before a frame could adopt the first of them.
        await client.Send("""{"type":"settings","target":"star"}""");
        await client.Send("""{"type":"settings","method":"LayerCAM"}""");
        await client.Send("""{"type":"settings","target":"dragon"}""");
        await client.Send("""{"type":"settings","layers":"layer4"}""");
        Assert.Contains("dragon", (await Assert.ThrowsAsync<InvalidOperationException>(() => client.Until(_ => false))).Message);
        await client.Send("""{"type":"unknown"}""");
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.Until(_ => false));
        channel.Start();
        await client.Until(h => h.GetProperty("maps").GetArrayLength() == 4);
        Assert.Equal(("star", "LayerCAM", "layer4"), (channel.Settings.Target, channel.Settings.Method, channel.Settings.Layers));
    }

    [Fact]
    public async Task PauseStopsFramesAndChangesStillShow()
    {
        using Still still = new();
        using LiveChannel channel = new(network.Served, new LiveSettings { RoadShare = 0 }, still);
        await using Running server = await Running.Start(network.Served, live: channel);
        channel.Start();
        using LiveClient client = await LiveClient.Connect(server.Address);
        await client.Until(_ => true);
        await client.Send("""{"type":"pause","on":true}""");
        Assert.True(SpinWait.SpinUntil(() => channel.IsPaused, Patience));
        await Task.Delay(500);
        long frames = channel.Frames;
        await Task.Delay(300);
        Assert.Equal(frames, channel.Frames);
        await client.Send("""{"type":"settings","layers":"layer4"}""");
        Assert.True(SpinWait.SpinUntil(() => channel.Frames == frames + 1, Patience));
        await client.Send("""{"type":"pause","on":false}""");
        await client.Until(h => h.GetProperty("number").GetInt64() > frames + 2);
    }

    [Fact]
    public async Task ASlowViewerGetsFewerFramesAndDelaysNoOne()
    {
        using Still still = new();
        using LiveChannel channel = new(network.Served, new LiveSettings { RoadShare = 0 }, still);
        await using Running server = await Running.Start(network.Served, live: channel);
        channel.Start();
        using LiveClient slow = await LiveClient.Connect(server.Address);
        using LiveClient quick = await LiveClient.Connect(server.Address);

        // Never says that it has drawn: two frames are all it gets, however many there are.
        long first = (await slow.Frame()).Head.GetProperty("number").GetInt64();
        await slow.Frame();
        (JsonElement head, _) = await quick.Until(h => h.GetProperty("number").GetInt64() >= first + 20);
        await slow.Send("""{"type":"drawn"}""");
        long next = (await slow.Frame()).Head.GetProperty("number").GetInt64();
        Assert.True(next >= head.GetProperty("number").GetInt64(), $"after frame {head.GetProperty("number")} of the quick viewer the slow one got {next}");
    }

    [Fact]
    public async Task APageThatComesBackGoesOn()
    {
        using Still still = new();
        using LiveChannel channel = new(network.Served, new LiveSettings(), still);
        await using Running server = await Running.Start(network.Served, live: channel);
        channel.Start();
        for (int i = 0; i < 3; i++)
        {
            using LiveClient client = await LiveClient.Connect(server.Address);
            await client.Until(_ => true);
            Assert.NotEmpty(client.Setup.GetProperty("layers").EnumerateArray());
        }

        Assert.True(SpinWait.SpinUntil(() => channel.Viewers == 0, Patience));
    }

    [Fact]
    public async Task PagesOfOthersCannotWatch()
    {
        using Still still = new();
        using LiveChannel channel = new(network.Served, new LiveSettings(), still);
        await using Running server = await Running.Start(network.Served, live: channel);
        await Assert.ThrowsAsync<WebSocketException>(() => LiveClient.Connect(server.Address, "http://evil.example"));
        using HttpResponseMessage plain = await server.Client.GetAsync("/live");
        Assert.Equal(HttpStatusCode.BadRequest, plain.StatusCode);
        string page = await server.Client.GetStringAsync("/");
        Assert.Contains("live.js", page);
        Assert.Contains("class Painter", await server.Client.GetStringAsync("/live.js"));
    }

    [Fact]
    public async Task ARecordingIsAnMp4WhenItIsWhole()
    {
        Assert.SkipUnless(Encoding.Libav.IsAvailable, "libav is not installed");
        using Still still = new();
        using LiveChannel channel = new(network.Served, new LiveSettings { RoadShare = 0 }, still);
        await using Running server = await Running.Start(network.Served, live: channel);
        channel.Start();
        using LiveClient client = await LiveClient.Connect(server.Address);
        await client.Until(_ => true);
        await client.Send("""{"type":"record","on":true}""");
        Assert.True(SpinWait.SpinUntil(() => channel.Recorder.Frames >= 5, Patience));
        using HttpResponseMessage early = await server.Client.GetAsync("/recordings/live-1.mp4");
        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        await client.Send("""{"type":"record","on":false}""");
        Assert.True(SpinWait.SpinUntil(() => channel.Recorder.Finished is not null, Patience));
        byte[] bytes = await server.Client.GetByteArrayAsync("/recordings/live-1.mp4");
        Assert.Equal("ftyp"u8.ToArray(), bytes[4..8]);
        using HttpResponseMessage outside = await server.Client.GetAsync("/recordings/..%2F..%2Fetc%2Fpasswd");
        Assert.Equal(HttpStatusCode.NotFound, outside.StatusCode);
    }

    [Fact]
    public async Task ScoresComeWhenTimePermits()
    {
        using Still still = new();
        using LiveChannel channel = new(network.Served, new LiveSettings { RoadShare = 0.5 }, still);
        await using Running server = await Running.Start(network.Served, live: channel);
        channel.Start();
        using LiveClient client = await LiveClient.Connect(server.Address);
        (JsonElement head, _) = await client.Until(h => h.TryGetProperty("sweeps", out JsonElement sweeps) && sweeps.GetInt32() >= 1);
        Assert.InRange(head.GetProperty("road").GetSingle(), -0.5f, 0.5f);
    }

    private CamResult Expected()
    {
        using torch.Tensor tensor = Preprocessing.For(network.Served.Model).Apply(Pictures.Scene).ToTensor();
        return new CamEngine(network.Served.Model.Module).Run(tensor);
    }
}

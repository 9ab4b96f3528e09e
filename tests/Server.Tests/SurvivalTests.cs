using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using CAManim.Native.Server.Live;
using CAManim.Native.Server.Sources;
using CAManim.Native.Server.Tests.Support;

namespace CAManim.Native.Server.Tests;

/// <summary>What hostile clients send ends nothing, shuts nobody out, and leaves no memory behind.</summary>
public sealed class SurvivalTests(Network network, ITestOutputHelper output)
{
    private const long Allowed = 100 << 20;

    // Pieces of messages, of which hostile ones are put together.
    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "7", "8", "9999", "2147483647", "2147483648", "-9223372036854775808", "1e308", "1e999", "\"\"", "\" \"", "\"9999\"", "\"-1\"", "\"top\"", "\"top:0\"", "\"top:99999\"",
        "\"star\"", "\"not:9999\"", "\"star-star\"", "\"finer:7\"", "\"rest\"", "\"layer4\"", "\"fc\"", "\"*\"", "\"**************\"", "\"class:\"", "\"class:*\"", "\"layer4,,,\"", "\"../../etc/passwd\"", "\"\\u0000\\u001b[2J\"", "\"\\ud800\"",
        "\"GradCAM\"", "\"LayerCAM\"", "\"ScoreCAM\"", "\"FullGrad\"", "\"jet\"", "\"<script>alert(1)</script>\"", "[]", "{}", "[[[[]]]]", "{\"type\":\"settings\"}",
    ];

    private static readonly string[] Types = ["settings", "settings", "settings", "look", "show", "pause", "record", "drawn", "nothing", ""];
    private static readonly string[] Names = ["target", "method", "layers", "colorMap", "alpha", "on", "layer", "type", "__proto__"];

    [Fact]
    public async Task AThousandHostileMessagesEndNothing()
    {
        using Still still = new();
        using LiveChannel channel = new(network.Served, new LiveSettings { RoadShare = 0.1 }, still);
        await using Running server = await Running.Start(network.Served, live: channel);
        channel.Start();
        using LiveClient good = await LiveClient.Connect(server.Address);
        await good.Until(_ => true);
        await Hostile(server, 50, seed: 1);
        long before = Resident();
        for (int round = 0; round < 10; round++)
        {
            await Hostile(server, 100, seed: 2 + round);
            Assert.False(channel.Ended.IsCompleted, $"round {round}");
        }

        // Whatever they left: one is able to set things right.
        await good.Send("""{"type":"pause","on":false}""");
        await good.Send("""{"type":"record","on":false}""");
        await Recovers(good, h => h.GetProperty("classIndex").GetInt32() == network.Served.Model.ClassNames.Resolve("star") && h.GetProperty("maps").GetArrayLength() == 4);
        Assert.Contains("ok", await server.Client.GetStringAsync("/health"));
        AssertMemory(before);
    }

    [Fact]
    public async Task AHundredSlowClientsShutNobodyOut()
    {
        byte[] scene = Pictures.Bmp(Pictures.Scene);

        // Ten good clients are more than eight places where the machine is busy; what is looked at is the slow ones.
        await using Running server = await Running.Start(network.Served, new ServerOptions { QueueLength = 16 });
        using (HttpResponseMessage warm = await server.Explain(scene, "?layers=layer4"))
        {
            Assert.Equal(HttpStatusCode.OK, warm.StatusCode);
        }

        long before = Resident();
        using CancellationTokenSource over = new();
        Task[] slow = [.. Enumerable.Range(0, 100).Select(i => Drip(server.Address, scene, i % 2 == 0, over.Token))];
        await Task.Delay(500);
        Stopwatch watch = Stopwatch.StartNew();
        string[][] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(Ask));
        await over.CancelAsync();
        await Task.WhenAll(slow);
        string[] all = [.. answers.SelectMany(a => a)];
        int answered = all.Count(a => a == "OK");
        string summary = $"{answered} of {all.Length} answered in {watch.Elapsed.TotalSeconds:F1} s: {string.Join(", ", all.CountBy(a => a).Select(a => $"{a.Key}: {a.Value}"))}";
        output.WriteLine(summary);
        Assert.True(answered >= 0.95 * all.Length, summary);
        AssertMemory(before);

        async Task<string[]> Ask(int number)
        {
            List<string> statuses = [];
            for (int i = 0; i < 10; i++)
            {
                await Task.Delay(500 + (50 * number));
                using HttpResponseMessage response = await server.Explain(scene, "?layers=layer4");
                statuses.Add(response.StatusCode == HttpStatusCode.OK ? "OK" : await response.Content.ReadAsStringAsync());
            }

            return [.. statuses];
        }
    }

    [Fact]
    public async Task AClientThatReadsItsAnswerSlowlyHoldsNoPlace()
    {
        byte[] scene = Pictures.Bmp(Pictures.Scene);
        await using Running server = await Running.Start(network.Served, new ServerOptions { QueueLength = 1 });
        Uri address = new(server.Address);
        List<TcpClient> slow = [];
        try
        {
            for (int i = 0; i < 4; i++)
            {
                TcpClient client = new() { ReceiveBufferSize = 1 };
                slow.Add(client);
                await client.ConnectAsync(address.Host, address.Port);
                string head = $"POST /api/explain HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: application/x-safetensors\r\nContent-Type: image/bmp\r\nContent-Length: {scene.Length}\r\n\r\n";
                await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(head));
                await client.GetStream().WriteAsync(scene);
                byte[] first = new byte[12];
                await client.GetStream().ReadExactlyAsync(first);
                Assert.Equal("HTTP/1.1 200", System.Text.Encoding.ASCII.GetString(first));
            }

            using HttpResponseMessage response = await server.Explain(scene, "?layers=layer4");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        finally
        {
            slow.ForEach(c => c.Dispose());
        }
    }

    [Fact]
    public async Task FilesOfAnAttackAreAnswered()
    {
        string folder = SharedFiles.Require("cases/attack");
        byte[] scene = Pictures.Bmp(Pictures.Scene);
        await using Running server = await Running.Start(network.Served, new ServerOptions { Resize = Models.Images.ResizeMode.Crop });
        (await server.Explain(scene, "?layers=layer4")).Dispose();
        long before = Resident();
        foreach (string file in Directory.GetFiles(folder))
        {
            Stopwatch watch = Stopwatch.StartNew();
            byte[] bytes = await File.ReadAllBytesAsync(file);
            using HttpResponseMessage body = await server.Explain(bytes, "?layers=layer4");
            using MultipartFormDataContent form = new() { { new ByteArrayContent(bytes), "image", Path.GetFileName(file) } };
            using HttpResponseMessage posted = await server.Client.PostAsync("/api/explain?layers=layer4", form);
            Assert.All([body.StatusCode, posted.StatusCode], status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{file}: {status}"));
            Assert.True(watch.Elapsed.TotalSeconds < 10, $"{file}: {watch.Elapsed}");
        }

        Assert.Contains("ok", await server.Client.GetStringAsync("/health"));
        AssertMemory(before);
    }

    [Fact]
    public async Task FilesOfAnAttackAreNoSourcesOrPlay()
    {
        Assert.SkipUnless(Encoding.Libav.IsAvailable, "libav is not installed");
        foreach (string file in Directory.GetFiles(SharedFiles.Require("cases/attack")))
        {
            IPictureSource source;
            try
            {
                source = PictureSources.Open(new SourceOptions { Source = file, FramesPerSecond = file.EndsWith("hugepts.mp4", StringComparison.Ordinal) ? null : 0 }, () => Stream.Null);
            }
            catch (IOException error)
            {
                Assert.Contains(Path.GetFileName(file), error.Message);
                continue;
            }

            using LiveChannel channel = new(network.Served, new LiveSettings { RoadShare = 0 }, source);
            await using Running server = await Running.Start(network.Served, live: channel);
            channel.Start();
            using LiveClient client = await LiveClient.Connect(server.Address);
            await client.Until(_ => true);
            Assert.False(channel.Ended.IsFaulted, $"{file}: {channel.Ended.Exception?.InnerException}");
        }
    }

    private static async Task Hostile(Running server, int count, int seed)
    {
        Random random = new(seed);
        ClientWebSocket socket = await Open();
        for (int i = 0; i < count; i++)
        {
            if (socket.State != WebSocketState.Open)
            {
                // A message that is too long closes the socket.
                socket.Dispose();
                socket = await Open();
            }

            byte[] message = System.Text.Encoding.UTF8.GetBytes(Message(random));
            if (random.Next(8) == 0)
            {
                message[random.Next(message.Length)] = (byte)random.Next(256);
            }

            try
            {
                await socket.SendAsync(message, random.Next(16) == 0 ? WebSocketMessageType.Binary : WebSocketMessageType.Text, random.Next(16) != 0, default);
            }
            catch (WebSocketException)
            {
                socket.Abort();
            }
        }

        socket.Dispose();

        async Task<ClientWebSocket> Open()
        {
            ClientWebSocket made = new();
            await made.ConnectAsync(new Uri($"{server.Address.Replace("http", "ws", StringComparison.Ordinal)}/live"), default);
            return made;
        }
    }

    private static string Message(Random random)
    {
        IEnumerable<string> fields = Enumerable.Range(0, random.Next(4)).Select(_ => $"\"{Pick(random, Names)}\":{(random.Next(32) == 0 ? $"\"{new string((char)random.Next(33, 126), 3000)}\"" : Pick(random, Values))}");
        string message = $"{{{string.Join(',', fields.Prepend($"\"type\":\"{Pick(random, Types)}\""))}}}";
        return random.Next(16) == 0 ? message[..random.Next(1, message.Length)] : message;
    }

    private static string Pick(Random random, string[] words) => words[random.Next(words.Length)];

    private static async Task Recovers(LiveClient client, Func<JsonElement, bool> isWanted)
    {
        while (true)
        {
            await client.Send("""{"type":"settings","target":"star","method":"GradCAM","layers":"layer4"}""");
            try
            {
                await client.Until(isWanted);
                return;
            }
            catch (InvalidOperationException error) when (!error.Message.Contains("no frame", StringComparison.Ordinal))
            {
                // What all pages are told, of recordings that ended; or too many changes wait.
            }
        }
    }

    // 300 bytes a second, as a body or as a form; begins again where it is cut off.
    private static async Task Drip(string address, byte[] body, bool isForm, CancellationToken over)
    {
        Uri uri = new(address);
        string type = isForm ? "multipart/form-data; boundary=x" : "image/bmp";
        byte[] bytes = [.. isForm ? "--x\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n"u8.ToArray() : [], .. body];
        byte[] head = System.Text.Encoding.ASCII.GetBytes($"POST /api/explain HTTP/1.1\r\nHost: {uri.Authority}\r\nContent-Type: {type}\r\nContent-Length: {bytes.Length + 99}\r\n\r\n");
        while (!over.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = new();
                await client.ConnectAsync(uri.Host, uri.Port, over);
                await client.GetStream().WriteAsync(head, over);
                for (int at = 0; at < bytes.Length; at += 30)
                {
                    await client.GetStream().WriteAsync(bytes.AsMemory(at, Math.Min(30, bytes.Length - at)), over);
                    await Task.Delay(100, over);
                }
            }
            catch (Exception error) when (error is OperationCanceledException or IOException or SocketException)
            {
                // Cut off, or over.
            }
        }
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private void AssertMemory(long before)
    {
        long after = Resident();
        output.WriteLine($"resident {before >> 20} MiB before, {after >> 20} MiB after");
        Assert.True(after - before < Allowed, $"{(after - before) >> 20} MiB more than before");
    }
}

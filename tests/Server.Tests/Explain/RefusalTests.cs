using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CAManim.Native.Server.Tests.Support;

namespace CAManim.Native.Server.Tests.Explain;

public sealed class RefusalTests(Network network)
{
    [Theory]
    [InlineData("?target=dragon", 400, "dragon")]
    [InlineData("?method=NoCAM", 400, "NoCAM")]
    [InlineData("?target=sta", 400, "Did you mean 'star'")]
    [InlineData("?target=not:sta", 400, "Did you mean 'star'")]
    [InlineData("?layers=nothing", 400, "nothing")]
    [InlineData("?layers=layr4.*", 400, "selects no module of demo_scenes")]
    [InlineData("?layer=layer4", 400, "Did you mean 'layers'")]
    [InlineData("?target=star&target=ring", 400, "several times")]
    [InlineData("?class=star", 400, "'class' in the address is not known")]
    [InlineData("?layers=class:", 400, "selects nothing")]
    [InlineData("?norm=loud", 400, "loud")]
    [InlineData("?colormap=grey", 400, "grey")]
    [InlineData("?target=99", 400, "99")]
    public async Task UnknownWordsAreNamed(string query, int status, string word)
    {
        await using Running server = await Running.Start(network.Served);
        using HttpResponseMessage response = await server.Explain(Pictures.Bmp(Pictures.Scene), query);
        await AssertProblem(response, status, word);
    }

    [Fact]
    public async Task HostileBodiesAreRefused()
    {
        byte[] scene = Pictures.Bmp(Pictures.Scene);
        await using Running server = await Running.Start(network.Served, new ServerOptions { BodyLimitInBytes = 1 << 20, PixelLimit = 1 << 20 });
        foreach ((byte[] body, string word) in ((byte[], string)[])
        [
            ([], "empty"),
            ([0], "no image"),
            ("<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), "no image"),
            (scene[..(scene.Length / 2)], "truncated"),
            (Pictures.Header(30000, 30000), "pixels"),
            (Pictures.Header(-5, 10), ""),
            (Pictures.Header(0, 0), ""),
            ([.. new byte[1000].Select((_, i) => (byte)(i * 7))], "no image"),
        ])
        {
            using HttpResponseMessage response = await server.Explain(body);
            await AssertProblem(response, 400, word);
        }

        using HttpResponseMessage large = await server.Explain(new byte[(1 << 20) + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using HttpResponseMessage fine = await server.Explain(scene, "?layers=layer4");
        Assert.Equal(HttpStatusCode.OK, fine.StatusCode);
    }

    /// <summary>1x9000 and 1x30000 pixels: the shorter side becomes 256, the longer would have millions.</summary>
    [Theory]
    [InlineData("iVBORw0KGgoAAAANSUhEUgAAAAEAACMoAQAAAADpmI7bAAAAKElEQVR42u3BAQ0AAADCoPdPbQ8HFAAAAAAAAAAAAAAAAAAAAAAADwZGUAABKxSsyAAAAABJRU5ErkJggg==")]
    [InlineData("iVBORw0KGgoAAAANSUhEUgAAAAEAAHUwAQAAAABGGNKgAAAAUUlEQVR42u3BMQEAAADCoPVPbQ0PoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAC+DOpgAAGR0lYbAAAAAElFTkSuQmCC")]
    public async Task ATallPictureUnderCropIsAnsweredAtOnce(string png)
    {
        await using Running server = await Running.Start(network.Served, new ServerOptions { Resize = Models.Images.ResizeMode.Crop });
        using HttpResponseMessage warm = await server.Explain(Pictures.Bmp(Pictures.Scene), "?layers=layer4");
        long before = Environment.WorkingSet;
        Stopwatch clock = Stopwatch.StartNew();
        using HttpResponseMessage response = await server.Explain(Convert.FromBase64String(png), "?layers=layer4");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(clock.Elapsed.TotalSeconds < 5, $"{clock.Elapsed}");
        Assert.True(Environment.WorkingSet - before < 64 << 20, $"{Environment.WorkingSet - before} bytes");
    }

    [Fact]
    public async Task EveryMutationOfAPictureIsAnsweredAndNoneIsAServersFault()
    {
        byte[] scene = Pictures.Bmp(Pictures.Scene);
        await using Running server = await Running.Start(network.Served);
        Random random = new(7);
        for (int i = 0; i < 60; i++)
        {
            byte[] body = [.. scene];
            for (int k = 0; k < 4; k++)
            {
                body[random.Next(i % 2 == 0 ? 54 : body.Length)] = (byte)random.Next(256);
            }

            using HttpResponseMessage response = await server.Explain(body, "?layers=layer4");
            Assert.True((int)response.StatusCode is 200 or 400, $"mutation {i} of seed 7: {(int)response.StatusCode}");
        }
    }

    [Fact]
    public async Task OtherKindsAndPlacesAreRefused()
    {
        byte[] scene = Pictures.Bmp(Pictures.Scene);
        await using Running server = await Running.Start(network.Served);
        using HttpResponseMessage accept = await server.Explain(scene, accept: "text/html");
        await AssertProblem(accept, 406, "text/html");
        using HttpResponseMessage type = await server.Explain(scene, type: "text/plain");
        await AssertProblem(type, 415, "'text/plain'", "image/png", "multipart/form-data");
        using HttpResponseMessage form = await server.Explain("--x\r\nbroken"u8.ToArray(), type: "multipart/form-data; boundary=x");
        await AssertProblem(form, 400, "form");
        using HttpResponseMessage missing = await server.Client.GetAsync("/nothing");
        await AssertProblem(missing, 404, "/nothing", "POST /api/explain");
        using HttpResponseMessage get = await server.Client.GetAsync("/api/explain");
        await AssertProblem(get, 405, "GET is not answered", "Expected: POST");
    }

    [Theory]
    [InlineData("image", "layer", "layer4", "'layer' in the form is not known", "Did you mean 'layers'")]
    [InlineData("image", "target", "star", "'target' was given several times")]
    public async Task FieldsOfAFormThatAreNotUnderstoodAreRefused(string file, string field, string value, params string[] words)
    {
        await using Running server = await Running.Start(network.Served);
        using MultipartFormDataContent form = new() { { new ByteArrayContent(Pictures.Bmp(Pictures.Scene)), file, "scene.bmp" }, { new StringContent(value), field } };
        using HttpResponseMessage response = await server.Client.PostAsync("/api/explain?target=ring", form);
        await AssertProblem(response, 400, words);
    }

    [Fact]
    public async Task AFullQueueIsAnswered503WithRetryAfter()
    {
        byte[] scene = Pictures.Bmp(Pictures.Scene);
        await using Running server = await Running.Start(network.Served, new ServerOptions { QueueLength = 2 });
        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => server.Explain(scene)));
        Assert.All(responses, r => Assert.True((int)r.StatusCode is 200 or 503));
        Assert.Contains(responses, r => r.StatusCode == HttpStatusCode.OK);
        HttpResponseMessage[] refused = [.. responses.Where(r => r.StatusCode == HttpStatusCode.ServiceUnavailable)];
        Assert.NotEmpty(refused);
        Assert.All(refused, r => Assert.True(r.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1)));
        Array.ForEach(responses, r => r.Dispose());
    }

    [Fact]
    public async Task ClientsThatTryAgainAtOnceAreRefusedTenTimesASecondAtMost()
    {
        byte[] scene = Pictures.Bmp(Pictures.Scene);
        await using Running server = await Running.Start(network.Served, new ServerOptions { QueueLength = 1 });
        (int Refused, double Seconds)[] clients = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Insist()));
        Assert.Contains(clients, c => c.Refused > 0);
        Assert.All(clients, c => Assert.True(c.Refused <= (c.Seconds * 10) + 1, $"{c.Refused} times in {c.Seconds:0.00} s"));

        async Task<(int Refused, double Seconds)> Insist()
        {
            Stopwatch watch = Stopwatch.StartNew();
            int refused = 0;
            while (watch.Elapsed.TotalSeconds < 1)
            {
                using HttpResponseMessage response = await server.Explain(scene);
                refused += response.StatusCode == HttpStatusCode.ServiceUnavailable ? 1 : 0;
            }

            return (refused, watch.Elapsed.TotalSeconds);
        }
    }

    [Fact]
    public async Task WhatTakesTooLongIsAnswered504()
    {
        await using Running server = await Running.Start(network.Served, new ServerOptions { Timeout = TimeSpan.FromMilliseconds(1) });
        using HttpResponseMessage response = await server.Explain(Pictures.Bmp(Pictures.Scene), "?method=ScoreCAM");
        await AssertProblem(response, 504, "fewer layers");
    }

    [Fact]
    public async Task AClientThatLeavesStopsTheWork()
    {
        byte[] scene = Pictures.Bmp(Pictures.Scene);
        await using Running server = await Running.Start(network.Served, new ServerOptions { QueueLength = 1 });
        using CancellationTokenSource leave = new(TimeSpan.FromMilliseconds(500));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.Explain(scene, "?method=ScoreCAM", cancellation: leave.Token));

        // The one place is free again long before ScoreCAM of all layers would be done.
        for (int i = 0; i < 600; i++)
        {
            using HttpResponseMessage response = await server.Explain(scene, "?layers=layer4");
            if (response.StatusCode == HttpStatusCode.OK)
            {
                Assert.Contains("status=\"499\"", await server.Client.GetStringAsync("/metrics"));
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("the place was not given back");
    }

    [Fact]
    public async Task ARequestThatIsNoHttpHarmsNoOne()
    {
        await using Running server = await Running.Start(network.Served);
        Uri address = new(server.Address);
        using (TcpClient client = new(address.Host, address.Port))
        {
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes("POST /api/explain HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999999\r\n\r\n"));
            byte[] answer = new byte[64];
            int length = await client.GetStream().ReadAsync(answer);
            Assert.StartsWith("HTTP/1.1 4", System.Text.Encoding.ASCII.GetString(answer, 0, length));
        }

        Assert.Contains("ok", await server.Client.GetStringAsync("/health"));
    }

    private static async Task AssertProblem(HttpResponseMessage response, int status, params string[] words)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        string detail = JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString()!;
        Assert.All(words, word => Assert.Contains(word, detail));
    }
}

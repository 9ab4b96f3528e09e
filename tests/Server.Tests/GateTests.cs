using System.Net;
using System.Net.Http.Headers;
using CAManim.Native.Server.Tests.Support;

namespace CAManim.Native.Server.Tests;

public sealed class GateTests(Network network)
{
    [Theory]
    [InlineData("0.0.0.0:8080")]
    [InlineData("[::]:8080")]
    [InlineData("192.168.1.2:8080")]
    public async Task OtherThanLoopbackNeedsAToken(string listen)
    {
        ServerOptions options = new() { Listen = ListenAddress.Parse(listen) };
        Assert.Contains("token", (await Assert.ThrowsAsync<ArgumentException>(() => Hosting.Server.StartAsync(network.Served, options))).Message);
        (options with { Token = "secret" }).Check();
    }

    [Theory]
    [InlineData("127.0.0.1:8080", "127.0.0.1:8080", true)]
    [InlineData("localhost:1", "127.0.0.1:1", true)]
    [InlineData("[::1]:80", "[::1]:80", true)]
    [InlineData("9000", "127.0.0.1:9000", true)]
    [InlineData("0.0.0.0:80", "0.0.0.0:80", false)]
    public void AddressesAreRead(string text, string expected, bool isLoopback)
    {
        ListenAddress address = ListenAddress.Parse(text);
        Assert.Equal((expected, isLoopback), (address.ToString(), address.IsLoopback));
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.org:80")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:99999")]
    public void OtherTextIsRefused(string text) => Assert.Throws<ArgumentException>(() => ListenAddress.Parse(text));

    [Fact]
    public async Task NobodyGetsInWithoutTheToken()
    {
        await using Running server = await Running.Start(network.Served, new ServerOptions { Token = "secret" });
        foreach (string path in (string[])["/health", "/metrics", "/openapi.json", "/", "/live", "/health?token=wrong", "/health?token="])
        {
            using HttpResponseMessage response = await server.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        using HttpResponseMessage post = await server.Explain(Pictures.Bmp(Pictures.Scene));
        Assert.Equal(HttpStatusCode.Unauthorized, post.StatusCode);
        foreach (string wrong in (string[])["Secret", "secret1", "secre", "", "Basic secret"])
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/health");
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {wrong}");
            using HttpResponseMessage response = await server.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "secret");
        using HttpResponseMessage right = await server.Client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task ABrowserBringsTheTokenOnce()
    {
        await using Running server = await Running.Start(network.Served, new ServerOptions { Token = "secret" });
        using HttpResponseMessage first = await server.Client.GetAsync("/health?token=secret");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        string cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=strict", cookie);
        using HttpResponseMessage second = await server.Client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Theory]
    [InlineData("403", "Origin: https://evil.example")]
    [InlineData("403", "Origin: ")]
    [InlineData("400", "Origin: {own}", "Origin: https://evil.example")]
    [InlineData("400", "Origin: https://evil.example", "Origin: {own}")]
    [InlineData("400", "Origin: ", "Origin: ")]
    [InlineData("400", "Authorization: Bearer secret", "Authorization: Bearer wrong")]
    [InlineData("400", "Host: evil.example")]
    [InlineData("403", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image")]
    [InlineData("401", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")]
    [InlineData("200", "Origin: {own}", "Authorization: Bearer secret", "Sec-Fetch-Site: same-origin")]
    [InlineData("401", "Cookie: camanim_token=wrong", "Cookie: camanim_token=worse")]
    public async Task HeadersThatComeTwiceOpenNoDoor(string status, params string[] headers)
    {
        await using Running server = await Running.Start(network.Served, new ServerOptions { Token = "secret" });
        string authority = new Uri(server.Address).Authority;
        string lines = string.Concat(headers.Select(h => h.Replace("{own}", server.Address, StringComparison.Ordinal) + "\r\n"));
        string answer = await Http.Send(server.Address, $"GET /health HTTP/1.1\r\nHost: {authority}\r\n{lines}Connection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task PagesOfOthersAreRefused(string header, string value)
    {
        await using Running server = await Running.Start(network.Served);
        using HttpRequestMessage request = new(HttpMethod.Get, "/health");
        request.Headers.TryAddWithoutValidation(header, value);
        using HttpResponseMessage response = await server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }
}

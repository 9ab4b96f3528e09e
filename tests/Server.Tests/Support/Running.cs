using System.Net.Http.Headers;

namespace CAManim.Native.Server.Tests.Support;

/// <summary>A server on a free port of loopback, and a client for it.</summary>
internal sealed class Running : IAsyncDisposable
{
    private readonly Hosting.Server _server;

    private Running(Hosting.Server server)
    {
        _server = server;
        Client = new HttpClient { BaseAddress = new Uri(server.Address), Timeout = TimeSpan.FromMinutes(2) };
    }

    public HttpClient Client { get; }

    public string Address => _server.Address;

    public static async Task<Running> Start(ServedModel model, ServerOptions? options = null, Server.Live.LiveChannel? live = null) =>
        new(await Hosting.Server.StartAsync(model, (options ?? new ServerOptions()) with { Listen = ListenAddress.Parse("127.0.0.1:0") }, live));

    /// <summary>Posts bytes as they are.</summary>
    public Task<HttpResponseMessage> Explain(byte[] body, string query = "", string? accept = null, string type = "application/octet-stream", CancellationToken cancellation = default)
    {
        HttpRequestMessage request = new(HttpMethod.Post, "/api/explain" + query) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        return Client.SendAsync(request, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
    }
}

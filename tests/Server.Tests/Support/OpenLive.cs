using CAManim.Native.Server.Live;
using CAManim.Native.Server.Sources;
using Microsoft.Playwright;

namespace CAManim.Native.Server.Tests.Support;

/// <summary>A live channel of one picture, and its page in a browser; what the page complains about is kept.</summary>
internal sealed class OpenLive : IAsyncDisposable
{
    private const string Text =
        """
        const text = (canvas, ...place) => {
          const bytes = canvas.getContext('2d').getImageData(...place).data;
          let letters = '';
          for (let i = 0; i < bytes.length; i += 4096) letters += String.fromCharCode(...bytes.subarray(i, i + 4096));
          return btoa(letters);
        };
        """;

    // So that a test can cut the connection.
    private const string KeepSockets = "window.sockets = []; window.WebSocket = class extends WebSocket { constructor(...a) { super(...a); window.sockets.push(this); } };";

    private readonly IPictureSource _source;
    private readonly Running _server;
    private readonly IBrowserContext _context;

    private OpenLive(IPictureSource source, LiveChannel channel, Running server, IBrowserContext context, IPage page)
    {
        (_source, Channel, _server, _context, Page) = (source, channel, server, context, page);
        page.PageError += (_, error) => Errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Errors.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    public LiveChannel Channel { get; }

    public string Address => _server.Address;

    public List<string> Errors { get; } = [];

    public static async Task<OpenLive> Start(Network network, Chromium chromium, int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light, LiveLook? look = null, string layers = "all", IPictureSource? source = null)
    {
        IBrowserContext context = await chromium.OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme });
        source ??= new Still();
        LiveChannel channel = new(network.Served, new LiveSettings { RoadShare = 0.3, Look = look ?? new LiveLook(), Layers = layers }, source);
        Running server = await Running.Start(network.Served, live: channel);
        channel.Start();
        await context.AddInitScriptAsync(KeepSockets);
        OpenLive open = new(source, channel, server, context, await context.NewPageAsync());
        await open.Page.GotoAsync(server.Address);
        await open.Page.Locator("#mosaic li").First.WaitForAsync();
        await open.PassFrames(3);
        return open;
    }

    /// <summary>Waits until the page has drawn so many frames more.</summary>
    public async Task PassFrames(int count)
    {
        long last = await Frame();
        await Page.WaitForFunctionAsync("last => Number(document.body.dataset.frame) >= last", last + count);
    }

    /// <summary>Number of the last frame that the page has drawn; 0: none.</summary>
    public Task<long> Frame() => Page.EvaluateAsync<long>("Number(document.body.dataset.frame ?? 0)");

    /// <summary>Pixels of a canvas, RGBA.</summary>
    public async Task<byte[]> Canvas(string selector) => Convert.FromBase64String(await Page.Locator(selector).EvaluateAsync<string>(
        $"canvas => {{ {Text} return text(canvas, 0, 0, canvas.width, canvas.height); }}"));

    /// <summary>Pixels of a layer's map in the mosaic, RGBA.</summary>
    public async Task<byte[]> Tile(int layer) => Convert.FromBase64String(await Page.Locator("#tiles").EvaluateAsync<string>(
        $$"""
        (canvas, layer) => {
          {{Text}}
          const whole = canvas.getBoundingClientRect();
          const tile = document.querySelectorAll('#mosaic i')[layer].getBoundingClientRect();
          const scale = canvas.width / whole.width;
          return text(canvas, (tile.left - whole.left) * scale, (tile.top - whole.top) * scale, tile.width * scale, tile.height * scale);
        }
        """,
        layer));

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await _server.DisposeAsync();
        Channel.Dispose();
        _source.Dispose();
    }
}

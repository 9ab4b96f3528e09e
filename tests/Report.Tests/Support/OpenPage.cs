using Microsoft.Playwright;

namespace CAManim.Native.Report.Tests.Support;

/// <summary>A page opened from disk; what it complains about and what it asks for is kept.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly string _file;
    private readonly IBrowserContext _context;

    private OpenPage(string file, IBrowserContext context, IPage page)
    {
        (_file, _context, Page) = (file, context, page);
        page.PageError += (_, error) => Errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error")
            {
                Errors.Add(message.Text);
            }
        };
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    public List<string> Errors { get; } = [];

    public List<string> Requests { get; } = [];

    public static Task<OpenPage> SmallAsync(Chromium chromium, string hash = "", BrowserNewContextOptions? options = null, int columns = 2, bool hasRoad = true) =>
        OfAsync(chromium, ReportPage.Render(SmallReport.Content(columns, hasRoad)), hash, options);

    public static async Task<OpenPage> OfAsync(Chromium chromium, string text, string hash = "", BrowserNewContextOptions? options = null, bool hasWebGl = true)
    {
        IBrowserContext context = await chromium.OpenAsync(options, hasWebGl);
        string file = Path.Combine(Path.GetTempPath(), $"camanim-page-{Guid.NewGuid():N}.html");
        await File.WriteAllTextAsync(file, text);
        OpenPage open = new(file, context, await context.NewPageAsync());
        await open.Page.GotoAsync($"file://{file}{hash}");
        await open.Page.Locator("html[data-ready]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await open.SettleAsync();
        return open;
    }

    /// <summary>Until two frames of the screen have passed: what was changed is drawn.</summary>
    public Task SettleAsync() => Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))");

    public async Task<int> FrameAsync() => int.Parse((await Page.Locator("#scrub").GetAttributeAsync("aria-valuenow"))!);

    /// <summary>Pixels of a map's canvas, RGBA.</summary>
    public async Task<(int Width, int Height, byte[] Pixels)> CanvasAsync(int index)
    {
        string text = await Page.EvaluateAsync<string>(
            """
            index => {
              const canvas = document.querySelectorAll('canvas')[index];
              const bytes = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              let letters = '';
              for (let i = 0; i < bytes.length; i += 4096) letters += String.fromCharCode(...bytes.subarray(i, i + 4096));
              return `${canvas.width} ${canvas.height} ${btoa(letters)}`;
            }
            """,
            index);
        string[] parts = text.Split(' ');
        return (int.Parse(parts[0]), int.Parse(parts[1]), Convert.FromBase64String(parts[2]));
    }

    /// <summary>The file that a click on a button saves.</summary>
    public async Task<(string Name, byte[] Content)> SaveAsync(string button)
    {
        IDownload download = await Page.RunAndWaitForDownloadAsync(() => Page.Locator(button).ClickAsync());
        using MemoryStream content = new();
        await using Stream stream = await download.CreateReadStreamAsync();
        await stream.CopyToAsync(content);
        return (download.SuggestedFilename, content.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        File.Delete(_file);
    }
}

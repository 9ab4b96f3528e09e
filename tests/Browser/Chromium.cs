using Microsoft.Playwright;

namespace CAManim.Native.Tests;

/// <summary>One browser for all tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private IBrowser? _plain;

    public async ValueTask InitializeAsync()
    {
        if (ChromiumLauncher.Executable is not null)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await ChromiumLauncher.LaunchAsync(_playwright);
        }
    }

    /// <summary>A browser window of its own, without a memory; skips the running test where there is no Chromium.</summary>
    /// <param name="options">Of the window.</param>
    /// <param name="hasWebGl">False: a browser without WebGL, for times. With WebGL by software the browser itself draws by it, and compiles that as it goes: the screen then stands still.</param>
    public async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions? options = null, bool hasWebGl = true)
    {
        Assert.SkipUnless(_browser is not null, "Chromium is not installed (Debian: chromium-headless-shell)");
        IBrowser browser = hasWebGl ? _browser : _plain ??= await ChromiumLauncher.LaunchAsync(_playwright!, hasWebGl: false);
        return await browser.NewContextAsync(options ?? new BrowserNewContextOptions());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IBrowser browser in new[] { _browser, _plain }.OfType<IBrowser>())
        {
            await browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}

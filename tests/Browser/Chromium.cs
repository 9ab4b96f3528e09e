using Microsoft.Playwright;

namespace CAManim.Native.Tests;

/// <summary>One browser for all tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (ChromiumLauncher.Executable is not null)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await ChromiumLauncher.LaunchAsync(_playwright);
        }
    }

    /// <summary>A browser window of its own, without a memory; skips the running test where there is no Chromium.</summary>
    public async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions? options = null)
    {
        Assert.SkipUnless(_browser is not null, "Chromium is not installed (Debian: chromium-headless-shell)");
        return await _browser.NewContextAsync(options ?? new BrowserNewContextOptions());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}

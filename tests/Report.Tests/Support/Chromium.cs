using Microsoft.Playwright;

namespace CAManim.Native.Report.Tests.Support;

/// <summary>The system's Chromium without a window; one for all tests. CAMANIM_CHROMIUM names another.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

    // WebGL is drawn by software here, which Chromium offers only when asked.
    private static readonly string[] Switches = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string? Executable { get; } = Environment.GetEnvironmentVariable("CAMANIM_CHROMIUM") is { Length: > 0 } own ? own : Find();

    public async ValueTask InitializeAsync()
    {
        if (Executable is not null)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = Switches });
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

    private static string? Find() => Names
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}

using CAManim.Native.Models;
using CAManim.Native.Server.Live;
using CAManim.Native.Tests;
using Microsoft.Playwright;

namespace CAManim.Native.Perf.Runs;

/// <summary>A picture of the live page for the documentation, once its curves have something to show.</summary>
internal static class LiveShot
{
    private const int Frames = 250;

    public static async Task Run(string file)
    {
        using LoadedModel network = ModelZoo.Create("demo_scenes", "default");
        LiveServer server = await LiveServer.Start(network, 5, new LiveSettings()).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            using IPlaywright playwright = await Playwright.CreateAsync().ConfigureAwait(false);
            IBrowser browser = await ChromiumLauncher.LaunchAsync(playwright, hasWebGl: false).ConfigureAwait(false);
            await using (browser.ConfigureAwait(false))
            {
                IPage page = await browser.NewPageAsync().ConfigureAwait(false);
                await page.SetViewportSizeAsync(1440, 900).ConfigureAwait(false);
                await page.GotoAsync(server.Address).ConfigureAwait(false);
                await page.WaitForFunctionAsync($"() => Number(document.body.dataset.frame) >= {Frames}", null, new PageWaitForFunctionOptions { Timeout = 1000 * Frames }).ConfigureAwait(false);
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = file }).ConfigureAwait(false);
            }
        }
    }
}

using System.Diagnostics;
using CAManim.Native.Tests;
using Microsoft.Playwright;

namespace CAManim.Native.Perf.Runs;

/// <summary>From picture in to its maps on the live page, in Chromium on this machine: until the screen's frame after the one that drew all of them.</summary>
internal static class LiveScreen
{
    private const string Script =
        """
        seconds => new Promise(done => {
          const times = [];
          new MutationObserver(() => {
            const received = Number(document.body.dataset.received);
            requestAnimationFrame(() => times.push(received, performance.timeOrigin + performance.now()));
          }).observe(document.body, { attributes: true, attributeFilter: ['data-received'] });
          setTimeout(() => done(times), 1000 * seconds);
        })
        """;

    /// <summary>Milliseconds of every frame that was drawn; null where there is no Chromium.</summary>
    public static async Task<double[]?> Watch(string address, double seconds)
    {
        if (ChromiumLauncher.Executable is null)
        {
            return null;
        }

        using IPlaywright playwright = await Playwright.CreateAsync().ConfigureAwait(false);
        IBrowser browser = await ChromiumLauncher.LaunchAsync(playwright).ConfigureAwait(false);
        await using (browser.ConfigureAwait(false))
        {
            IPage page = await browser.NewPageAsync().ConfigureAwait(false);
            await page.SetViewportSizeAsync(1440, 900).ConfigureAwait(false);
            await page.GotoAsync(address).ConfigureAwait(false);
            await page.Locator("#mosaic li").First.WaitForAsync().ConfigureAwait(false);

            // The page's clock is the system's; the picture's is the stopwatch.
            double started = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds - (Stopwatch.GetTimestamp() * 1000.0 / Stopwatch.Frequency);
            double[] times = await page.EvaluateAsync<double[]>(Script, seconds).ConfigureAwait(false);
            return [.. times.Chunk(2).Select(t => t[1] - started - (t[0] * 1000 / Stopwatch.Frequency))];
        }
    }
}

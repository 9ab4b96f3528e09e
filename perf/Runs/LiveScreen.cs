using System.Diagnostics;
using CAManim.Native.Tests;
using Microsoft.Playwright;

namespace CAManim.Native.Perf.Runs;

/// <summary>From picture in to its maps on the live page, in Chromium on this machine: until the browser says that they were presented.</summary>
internal static class LiveScreen
{
    // Before the page's own script: stamps a message when it is there.
    private const string Listen =
        """
        window.arrivals = new Map();
        window.WebSocket = class extends WebSocket {
          constructor(...all) {
            super(...all);
            this.addEventListener('message', event => {
              if (typeof event.data === 'string') return;
              const now = performance.timeOrigin + performance.now();
              const head = JSON.parse(new TextDecoder().decode(new Uint8Array(event.data, 4, new DataView(event.data).getInt32(0, true))));
              window.arrivals.set(head.received, [head.latency - head.computation, head.computation, now]);
            });
          }
        };
        """;

    // A word that comes with every frame: Chromium says when it was on the screen (Element Timing), and the frame's maps with it.
    private const string Record =
        """
        seconds => new Promise(done => {
          const times = [];
          const drawn = new Map();
          new PerformanceObserver(list => list.getEntries().forEach(entry => {
            const before = drawn.get(entry.identifier);
            if (before) times.push(...before, performance.timeOrigin + entry.renderTime);
          })).observe({ type: 'element' });
          let word = null;
          new MutationObserver(() => {
            const received = document.body.dataset.received;
            const [wait, maps, arrived] = window.arrivals.get(Number(received));
            window.arrivals.clear();
            drawn.set(received, [Number(received), wait, maps, arrived, performance.timeOrigin + performance.now()]);
            word?.remove();
            word = document.createElement('p');
            word.setAttribute('elementtiming', received);
            word.style.cssText = 'position: fixed; right: 0; bottom: 0; contain: strict; width: 4rem; height: 2rem';
            word.textContent = received.slice(-4);
            document.body.append(word);
          }).observe(document.body, { attributes: true, attributeFilter: ['data-received'] });
          setTimeout(() => done(times), 1000 * seconds);
        })
        """;

    /// <summary>Every frame that was drawn; null where there is no Chromium.</summary>
    public static async Task<ScreenTimes[]?> Watch(string address, double seconds)
    {
        if (ChromiumLauncher.Executable is null)
        {
            return null;
        }

        using IPlaywright playwright = await Playwright.CreateAsync().ConfigureAwait(false);
        IBrowser browser = await ChromiumLauncher.LaunchAsync(playwright, hasWebGl: false).ConfigureAwait(false);
        await using (browser.ConfigureAwait(false))
        {
            IPage page = await browser.NewPageAsync().ConfigureAwait(false);
            await page.SetViewportSizeAsync(1440, 900).ConfigureAwait(false);
            await page.AddInitScriptAsync(Listen).ConfigureAwait(false);
            await page.GotoAsync(address).ConfigureAwait(false);
            await page.Locator("#mosaic li").First.WaitForAsync().ConfigureAwait(false);

            // The page's clock is the system's; the picture's is the stopwatch.
            double started = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds - (Stopwatch.GetTimestamp() * 1000.0 / Stopwatch.Frequency);
            double[] times = await page.EvaluateAsync<double[]>(Record, seconds).ConfigureAwait(false);
            return [.. times.Chunk(6).Select(t =>
            {
                double received = started + (t[0] * 1000 / Stopwatch.Frequency);
                return new ScreenTimes(t[1], t[2], t[3] - received - t[1] - t[2], t[4] - t[3], t[5] - t[4]);
            })];
        }
    }
}

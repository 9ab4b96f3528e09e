using CAManim.Native.Report.Tests.Support;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CAManim.Native.Report.Tests.Browser;

[Collection(ChromiumCollection.Name)]
public sealed class AccessibilityTests(Chromium chromium)
{
    [Theory]
    [InlineData(1440, 900, ColorScheme.Light)]
    [InlineData(1440, 900, ColorScheme.Dark)]
    [InlineData(768, 1024, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task Axe_finds_no_violation(int width, int height, ColorScheme scheme)
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium, options: Window(width, height, scheme));
        await CheckAsync(open, "as opened");
        await open.Page.Locator("input[value=wipe]").CheckAsync();
        await open.Page.Locator("#skipped summary").ClickAsync();
        await open.Page.Locator("#about summary").ClickAsync();
        await open.SettleAsync();
        await CheckAsync(open, "with a wipe and all details");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(768)]
    [InlineData(390)]
    [InlineData(320)]
    public async Task Nothing_is_wider_than_the_window(int width)
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium, options: Window(width, 800, ColorScheme.Light), columns: 3);
        Assert.Equal(width, await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task The_theme_follows_the_system_until_it_is_switched()
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium, options: Window(1440, 900, ColorScheme.Dark));
        string dark = await BackgroundAsync(open);
        await open.Page.Locator("#theme").ClickAsync();
        string light = await BackgroundAsync(open);
        Assert.NotEqual(dark, light);
        await open.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        Assert.Equal(light, await BackgroundAsync(open));
    }

    [Fact]
    public async Task The_focus_is_seen_and_moves_through_the_controls()
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium);
        List<string> stops = [];
        for (int i = 0; i < 40; i++)
        {
            await open.Page.Keyboard.PressAsync("Tab");
            stops.Add(await open.Page.EvaluateAsync<string>("document.activeElement.id || document.activeElement.name || document.activeElement.getAttribute('role')"));
            string outline = await open.Page.EvaluateAsync<string>(
                "(() => { const e = document.activeElement; const of = x => x ? getComputedStyle(x).outlineStyle : 'none'; return [e, e.closest('label'), e.firstElementChild].map(of).find(s => s !== 'none') ?? 'none'; })()");
            Assert.True(outline != "none" || stops[^1] is null or "", $"'{stops[^1]}' has the focus and does not show it");
        }

        Assert.Superset(new HashSet<string> { "theme", "scrub", "play", "speed", "view", "alpha", "colours", "save-png", "treeitem" }, stops.ToHashSet());
    }

    private static BrowserNewContextOptions Window(int width, int height, ColorScheme scheme) =>
        new() { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme, HasTouch = width < 500, ReducedMotion = ReducedMotion.Reduce };

    private static Task<string> BackgroundAsync(OpenPage open) => open.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private static async Task CheckAsync(OpenPage open, string state)
    {
        AxeResult result = await open.Page.RunAxe();
        Assert.True(result.Passes.Length > 20, $"axe ran only {result.Passes.Length} rules");
        Assert.True(result.Violations.Length == 0, $"{state}: " + string.Join("; ", result.Violations.Select(v => $"{v.Id} ({v.Help}): {string.Join(", ", v.Nodes.Select(n => n.Html))}")));
    }
}

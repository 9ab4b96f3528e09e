using System.Runtime.InteropServices;
using CAManim.Native.Server.Live;
using CAManim.Native.Server.Tests.Support;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CAManim.Native.Server.Tests.Live;

[Collection(ChromiumCollection.Name)]
public sealed class PageTests(Network network, Chromium chromium)
{
    // A blank canvas has one colour.
    private const int FewestColours = 16;

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task PictureAndMapsOfAllLayersAreDrawn(int width, int height)
    {
        await using OpenLive open = await OpenLive.Start(network, chromium, width, height);
        await open.PassFrames(5);
        int tiles = await open.Page.Locator("#mosaic li").CountAsync();
        Assert.Equal(open.Channel.Board.Layers.Count, tiles);
        foreach (string canvas in (string[])["#picture", "#large"])
        {
            AssertColours(canvas, await open.Canvas(canvas));
        }

        AssertColours("the first tile", await open.Tile(0));

        // Only what is in the window is drawn; the last tile is once it is there.
        Assert.DoesNotContain(await open.Tile(tiles - 1), v => v != 0);
        await open.Page.Locator("#mosaic li:last-child").ScrollIntoViewIfNeededAsync();
        await open.PassFrames(2);
        AssertColours("the last tile", await open.Tile(tiles - 1));

        Assert.Equal("Live", await open.Page.Locator("#status").TextContentAsync());
        Assert.EndsWith(" ms", await open.Page.Locator("#latency").TextContentAsync());
        Assert.Equal(width, await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task ThePageBeginsWithTheColoursOfTheCommandAndARecordingHasThoseOfThePage()
    {
        await using OpenLive open = await OpenLive.Start(network, chromium, look: new LiveLook { ColorMap = "viridis", Alpha = 0.8f });
        Assert.Equal("viridis", await open.Page.Locator("#colours").InputValueAsync());
        Assert.Equal("80", await open.Page.Locator("#alpha").InputValueAsync());
        await open.Page.Locator("#colours").SelectOptionAsync("bone");
        await open.Page.Locator("#record").ClickAsync();
        await open.Page.Locator("#record[aria-pressed=true]").WaitForAsync();
        Assert.Equal(("bone", 0.8f), (open.Channel.Look.ColorMap, open.Channel.Look.Alpha));
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task TargetMethodLayersAndColoursChangeInThePage()
    {
        await using OpenLive open = await OpenLive.Start(network, chromium);
        await open.Page.Locator("#target").FillAsync("star");
        await open.Page.Locator("#target").PressAsync("Enter");
        await open.Page.Locator("#classes li[aria-current]", new PageLocatorOptions { HasText = "star" }).WaitForAsync();
        await open.Page.Locator("#method").SelectOptionAsync("LayerCAM");
        await open.Page.Locator("#layers").FillAsync("layer4");
        await open.Page.Locator("#layers").PressAsync("Enter");
        await open.Page.WaitForFunctionAsync("() => document.querySelectorAll('#mosaic li').length === 1");
        Assert.Equal(("star", "LayerCAM", "layer4"), (open.Channel.Settings.Target, open.Channel.Settings.Method, open.Channel.Settings.Layers));
        await open.Page.Locator("#target").FillAsync("dragon");
        await open.Page.Locator("#target").PressAsync("Enter");
        await open.Page.Locator("#message", new PageLocatorOptions { HasText = "dragon" }).WaitForAsync();

        // A row of the classes is a button that explains its class.
        ILocator row = open.Page.Locator("#classes li button").Nth(3);
        string name = (await row.Locator("span").First.TextContentAsync())!;
        await row.ClickAsync();
        await open.Page.Locator("#classes li[aria-current]", new PageLocatorOptions { HasText = name }).WaitForAsync();
        Assert.Equal(name, open.Channel.Settings.Target);

        // Layers that are none: said in the command line's words, and those before stay.
        await open.Page.Locator("#layers").FillAsync("layr4");
        await open.Page.Locator("#layers").PressAsync("Enter");
        await open.Page.Locator("#message", new PageLocatorOptions { HasText = "selects no module" }).WaitForAsync();
        Assert.Equal("layer4", open.Channel.Settings.Layers);
        Assert.Equal(1, await open.Page.Locator("#mosaic li").CountAsync());

        await open.Page.Locator("#pause").ClickAsync();
        await open.Page.Locator("#status[data-state=paused]").WaitForAsync();
        await Task.Delay(300);
        (long frame, byte[] before) = (await open.Frame(), await open.Canvas("#large"));
        await open.Page.Locator("#colours").SelectOptionAsync("viridis");
        Assert.NotEqual(before, await open.Canvas("#large"));
        Assert.Equal(frame, await open.Frame());
        await open.Page.Locator("#pause").ClickAsync();
        await open.PassFrames(3);
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task ATileHoldsItsLayerUntilItIsClickedAgain()
    {
        await using OpenLive open = await OpenLive.Start(network, chromium);
        ILocator tile = open.Page.Locator("#mosaic li:nth-child(4) button");
        await tile.ClickAsync();
        await open.Page.Locator("#mosaic li:nth-child(4) button[data-shown][aria-pressed=true]").WaitForAsync();
        await Task.Delay(700);
        Assert.Equal(1, await open.Page.Locator("#mosaic [data-shown]").CountAsync());
        Assert.NotNull(await tile.GetAttributeAsync("data-shown"));
        await tile.ClickAsync();
        await open.Page.Locator("#mosaic li:not(:nth-child(4)) button[data-shown]").WaitForAsync();
        Assert.Equal(0, await open.Page.Locator("#mosaic [aria-pressed=true]").CountAsync());
    }

    [Fact]
    public async Task APageWhoseConnectionWasCutComesBackByItself()
    {
        await using OpenLive open = await OpenLive.Start(network, chromium);
        await open.Page.EvaluateAsync("window.sockets[0].close()");
        await open.Page.WaitForFunctionAsync("() => window.sockets.length === 2 && document.body.dataset.state === 'live'");
        await open.PassFrames(5);
        Assert.Equal(1, open.Channel.Viewers);
        Assert.Empty(open.Errors);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 0x97, 0x56, 0x0a)]
    [InlineData(ColorScheme.Dark, 0xff, 0xb4, 0x4a)]
    public async Task CurvesHaveTheColourOfTheTheme(ColorScheme scheme, byte red, byte green, byte blue)
    {
        await using OpenLive open = await OpenLive.Start(network, chromium, scheme: scheme);
        await open.PassFrames(30);
        byte[] pixels = await open.Canvas("#probability");
        bool isThere = pixels.Chunk(4).Any(p => p[3] > 200 && Math.Abs(p[0] - red) < 4 && Math.Abs(p[1] - green) < 4 && Math.Abs(p[2] - blue) < 4);
        Assert.True(isThere, "the curve's colour is nowhere in the chart");
    }

    [Theory]
    [InlineData(1440, 900, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task AxeFindsNoViolation(int width, int height, ColorScheme scheme)
    {
        // All tiles are alike, and axe looks at each of them for seconds.
        await using OpenLive open = await OpenLive.Start(network, chromium, width, height, scheme, layers: "layer4.1*");
        AxeResult result = await open.Page.RunAxe();
        Assert.True(result.Passes.Length > 15, $"axe ran only {result.Passes.Length} rules");
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(v => $"{v.Id}: {v.Help} {string.Join(' ', v.Nodes.Select(n => n.Html))}")));
    }

    private static void AssertColours(string what, byte[] pixels)
    {
        int colours = MemoryMarshal.Cast<byte, int>(pixels).ToArray().Distinct().Count();
        Assert.True(colours >= FewestColours, $"{what} has {colours} colours");
    }
}

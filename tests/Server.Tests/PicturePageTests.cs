using CAManim.Native.Server.Tests.Support;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CAManim.Native.Server.Tests;

/// <summary>The page of <c>serve</c> in a real browser: a picture is chosen, then class, method, layers.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class PicturePageTests(Network network, Chromium chromium)
{
    [Theory]
    [InlineData(1440, 900, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task APictureIsExplained(int width, int height, ColorScheme scheme)
    {
        await using Running server = await Running.Start(network.Served);
        await using IBrowserContext context = await chromium.OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme });
        IPage page = await context.NewPageAsync();
        List<string> errors = [];
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) => errors.AddRange(message.Type is "error" or "warning" && !message.Text.Contains("400", StringComparison.Ordinal) ? [message.Text] : []);
        await page.GotoAsync(server.Address);
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "scene.bmp", MimeType = "image/bmp", Buffer = Pictures.Bmp(Pictures.Scene) });
        await page.Locator("#status[data-state=live]").WaitForAsync();
        Assert.Equal("scene.bmp", await page.Locator("#name").TextContentAsync());
        int layers = await page.Locator("#mosaic li").CountAsync();
        Assert.True(layers > 50, $"{layers} layers");
        await page.WaitForFunctionAsync("() => document.body.dataset.shown");
        Assert.True(await Colours(page, "#large") > 16);
        Assert.True(await Colours(page, "#picture") > 16);
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        // The keyboard goes from layer to layer, a class is explained by a click.
        string before = await page.Locator("#shown").TextContentAsync() ?? "";
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.WaitForFunctionAsync("before => document.getElementById('shown').textContent !== before", before);
        ILocator row = page.Locator("#classes li button").Nth(1);
        string name = (await row.Locator("span").First.TextContentAsync())!;
        await row.ClickAsync();
        await page.Locator("#classes li[aria-current]", new PageLocatorOptions { HasText = name }).WaitForAsync();
        await page.Locator("#method").SelectOptionAsync("LayerCAM");
        await page.Locator("#layers").FillAsync("layer4");
        await page.Locator("#layers").PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#mosaic li').length === 1");

        // What is refused is said, and what was there stays.
        await page.Locator("#target").FillAsync("sta");
        await page.Locator("#target").PressAsync("Enter");
        await page.Locator("#message", new PageLocatorOptions { HasText = "Did you mean 'star'" }).WaitForAsync();
        Assert.Equal(1, await page.Locator("#mosaic li").CountAsync());
        AxeResult result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(v => $"{v.Id}: {v.Help} {string.Join(' ', v.Nodes.Select(n => n.Html))}")));
        Assert.Empty(errors);
    }

    private static async Task<int> Colours(IPage page, string canvas)
    {
        return await page.Locator(canvas).EvaluateAsync<int>("canvas => new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size");
    }
}

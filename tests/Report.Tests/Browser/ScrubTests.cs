using CAManim.Native.Report.Tests.Support;
using Microsoft.Playwright;

namespace CAManim.Native.Report.Tests.Browser;

[Collection(ChromiumCollection.Name)]
public sealed class ScrubTests(Chromium chromium)
{
    [Fact]
    public async Task The_page_opens_from_disk_at_its_best_layer_and_asks_for_nothing_else()
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium);
        Assert.Empty(open.Errors);
        Assert.Single(open.Requests);
        Assert.StartsWith("file://", open.Requests[0]);
        Assert.Equal("star", await open.Page.Locator("#target").TextContentAsync());
        Assert.Equal("layer1.0", await open.Page.Locator("#layer").TextContentAsync());
        Assert.Equal("10", await open.Page.Locator("#scrub").GetAttributeAsync("aria-valuemax"));
    }

    [Fact]
    public async Task The_curve_is_scrubbed_by_mouse()
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium);
        LocatorBoundingBoxResult box = (await open.Page.Locator("#scrub").BoundingBoxAsync())!;
        await open.Page.Mouse.MoveAsync(box.X + 6, box.Y + (box.Height / 2));
        await open.Page.Mouse.DownAsync();
        await open.SettleAsync();
        Assert.Equal(1, await open.FrameAsync());
        await open.Page.Mouse.MoveAsync(box.X + (box.Width / 2) + 20, box.Y - 200, new MouseMoveOptions { Steps = 7 });
        await open.SettleAsync();
        Assert.Equal(6, await open.FrameAsync());
        await open.Page.Mouse.UpAsync();
        await open.Page.Mouse.MoveAsync(box.X + 6, box.Y + 5);
        await open.SettleAsync();
        Assert.Equal(6, await open.FrameAsync());
        Assert.Equal("layer1", await open.Page.Locator("#layer").TextContentAsync());
    }

    [Theory]
    [InlineData("ArrowRight", 6)]
    [InlineData("ArrowLeft", 4)]
    [InlineData("Home", 1)]
    [InlineData("End", 10)]
    [InlineData("PageUp", 7)]
    [InlineData("PageDown", 3)]
    public async Task The_curve_is_scrubbed_by_keys(string key, int expected)
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium);
        await open.Page.Locator("#scrub").FocusAsync();
        Assert.Equal(5, await open.FrameAsync());
        await open.Page.Keyboard.PressAsync(key);
        await open.SettleAsync();
        Assert.Equal(expected, await open.FrameAsync());
    }

    [Fact]
    public async Task The_slider_says_what_is_shown()
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium);
        ILocator scrub = open.Page.GetByRole(AriaRole.Slider, new PageGetByRoleOptions { Name = "Layer", Exact = true });
        await scrub.PressAsync("Home");
        await open.SettleAsync();
        Assert.Equal("conv1, Conv2d, 1 of 10, GradCAM: ROAD \u22120.100, LayerCAM: ROAD 0.200", await scrub.GetAttributeAsync("aria-valuetext"));
        await scrub.PressAsync("ArrowRight");
        await open.SettleAsync();
        Assert.Contains("ROAD none", await scrub.GetAttributeAsync("aria-valuetext"));
        Assert.Contains("nothing would be kept.", await open.Page.Locator("#remark").TextContentAsync());
    }

    [Fact]
    public async Task Without_scores_the_curve_shows_the_largest_values_and_says_so()
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium, columns: 1, hasRoad: false);
        Assert.Contains("Largest value", await open.Page.Locator("#curve-label").TextContentAsync());
        Assert.Contains("largest value 9.7", await open.Page.Locator("#scrub").GetAttributeAsync("aria-valuetext"));
        Assert.Equal(10, await open.FrameAsync());
        Assert.Equal(0, await open.Page.Locator("#best button").CountAsync());
    }

    [Fact]
    public async Task Play_runs_to_the_end_at_the_chosen_speed_and_stops()
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium);
        await open.Page.Locator("#scrub").PressAsync("Home");
        await open.Page.Locator("#speed").SelectOptionAsync("60");
        await open.Page.Locator("#play").ClickAsync();
        await Assertions.Expect(open.Page.Locator("#position")).ToHaveTextAsync("10 / 10");
        await Assertions.Expect(open.Page.Locator("#play")).ToHaveTextAsync("Play");
        await open.Page.Locator("#speed").SelectOptionAsync("1");
        await open.Page.Locator("#play").ClickAsync();
        await Assertions.Expect(open.Page.Locator("#play")).ToHaveTextAsync("Pause");
        Assert.Equal(1, await open.FrameAsync());
        await open.Page.Locator("#play").ClickAsync();
        await Assertions.Expect(open.Page.Locator("#play")).ToHaveTextAsync("Play");
    }

    [Fact]
    public async Task Stages_best_layers_and_the_tree_jump()
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium);
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "layer2, layers 7 to 10" }).ClickAsync();
        await open.SettleAsync();
        Assert.Equal(7, await open.FrameAsync());
        await open.Page.Locator("#best button").Nth(1).ClickAsync();
        await open.SettleAsync();
        Assert.Equal(6, await open.FrameAsync());
        await open.Page.GetByRole(AriaRole.Treeitem, new PageGetByRoleOptions { Name = "conv1 Conv2d", Exact = true }).First.ClickAsync();
        await open.SettleAsync();
        Assert.Equal(1, await open.FrameAsync());
    }

    [Fact]
    public async Task The_tree_is_walked_by_keys()
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium);
        await open.Page.GetByRole(AriaRole.Treeitem, new PageGetByRoleOptions { Name = "conv1 Conv2d", Exact = true }).First.FocusAsync();
        foreach (string key in (string[])["End", "ArrowRight", "ArrowRight", "Enter"])
        {
            await open.Page.Keyboard.PressAsync(key);
        }

        await open.SettleAsync();
        Assert.Equal("layer2.0", await open.Page.Locator("#layer").TextContentAsync());
        await open.Page.Keyboard.PressAsync("ArrowLeft");
        await open.Page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal("false", await open.Page.GetByRole(AriaRole.Treeitem, new PageGetByRoleOptions { Name = "layer2 Conv2d" }).GetAttributeAsync("aria-expanded"));
    }

    [Fact]
    public async Task Calls_without_a_map_are_listed_with_the_reason()
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium);
        await open.Page.Locator("#skipped summary").ClickAsync();
        Assert.Equal(["fc", "</script><b>Linear", "1 \u00d7 10", "a vector, not a map"], await open.Page.Locator("#skipped tbody td").AllTextContentsAsync());
    }
}

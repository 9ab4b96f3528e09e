using CAManim.Native.Report.Tests.Support;

namespace CAManim.Native.Report.Tests.Browser;

[Collection(ChromiumCollection.Name)]
public sealed class ColumnTests(Chromium chromium)
{
    [Fact]
    public async Task Columns_show_the_same_layer()
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium, columns: 3);
        foreach (string key in (string[])["Home", "ArrowRight", "PageUp", "End"])
        {
            await open.Page.Locator("#scrub").PressAsync(key);
            await open.SettleAsync();
            string layer = (await open.Page.Locator("#layer").TextContentAsync())!;
            string[] labels = await open.Page.Locator("canvas").EvaluateAllAsync<string[]>("all => all.map(c => c.getAttribute('aria-label'))");
            Assert.Equal(6, labels.Length);
            Assert.All(labels, label => Assert.Contains($"map of {layer},", label));
        }
    }

    [Fact]
    public async Task A_column_without_a_map_of_the_layer_shows_the_picture_and_says_so()
    {
        ReportContent content = SmallReport.Content();
        content = content with { Columns = [content.Columns[0], content.Columns[1] with { Maps = [.. content.Columns[1].Maps.Where(m => m.Name != "layer1.0")] }] };
        await using OpenPage open = await OpenPage.OfAsync(chromium, ReportPage.Render(content));
        Assert.Equal("layer1.0", await open.Page.Locator("#layer").TextContentAsync());
        Assert.Equal(["local", "global", "local: no map", "global: no map"], await open.Page.Locator(".panel-title").AllTextContentsAsync());
        Assert.Contains("LayerCAM has no map of this layer.", await open.Page.Locator("#remark").TextContentAsync());
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task Scores_and_ranges_stand_beside_each_other()
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium);
        await open.Page.Locator("#scrub").PressAsync("Home");
        await open.SettleAsync();
        Assert.Equal(["0.02 to 0.97", "\u22120.100", "0.02 to 0.97", "0.200"], await open.Page.Locator("#scores td").AllTextContentsAsync());
    }

    [Theory]
    [InlineData(1, "Kept Most first Least first ROAD", "20 % 0.250 1.250 0.500", "80 % 0.500 1.500 0.500")]
    [InlineData(2, "Kept ROAD of GradCAM ROAD of LayerCAM", "20 % 0.500 \u22120.200", "80 % 0.500 \u22120.200")]
    public async Task The_scores_of_every_percentile_stand_beside_the_layer(int columns, params string[] rows)
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium, "#frame=9", columns: columns);
        string[] texts = await open.Page.Locator("#percentiles tr").EvaluateAllAsync<string[]>("rows => rows.map(r => [...r.children].map(c => c.textContent).join(' '))");
        Assert.Equal(rows, texts);

        // The layer without a score has none.
        await open.Page.Locator("#scrub").FocusAsync();
        await open.Page.Keyboard.PressAsync("Home");
        await open.Page.Keyboard.PressAsync("ArrowRight");
        await open.SettleAsync();
        Assert.All(await open.Page.Locator("#percentiles td").AllTextContentsAsync(), t => Assert.Equal("none", t));
    }
}

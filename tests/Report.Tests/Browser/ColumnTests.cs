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
}

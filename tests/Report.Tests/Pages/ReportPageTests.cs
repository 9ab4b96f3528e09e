using System.Text.RegularExpressions;
using CAManim.Native.Report.Assets;
using CAManim.Native.Report.Tests.Support;

namespace CAManim.Native.Report.Tests.Pages;

public sealed class ReportPageTests
{
    [Fact]
    public void The_same_content_gives_the_same_page() => Assert.Equal(ReportPage.Render(SmallReport.Content()), ReportPage.Render(SmallReport.Content()));

    [Fact]
    public void Names_cannot_leave_their_place()
    {
        string page = ReportPage.Render(SmallReport.Content());
        Assert.DoesNotContain("</script><b>", page);
        Assert.Contains("<title>star: small &lt;network&gt;</title>", page);
        Assert.Equal(2, Regex.Count(page, "</script>"));
    }

    [Fact]
    public void Placeholders_in_names_stay_as_they_are() =>
        Assert.Contains("{{script}}", ReportPage.Render(SmallReport.Content() with { Model = "{{script}}" }));

    [Fact]
    public void No_address_but_that_of_a_namespace_is_in_the_page() =>
        Assert.All(Regex.Matches(ReportPage.Render(SmallReport.Content()), "https?://[^'\" )]*"), match => Assert.Equal("http://www.w3.org/2000/svg", match.Value));

    [Fact]
    public void Maps_of_no_call_are_refused()
    {
        ReportContent content = SmallReport.Content();
        ArgumentException error = Assert.Throws<ArgumentException>(() => ReportPage.Render(content with { Calls = [.. content.Calls.Skip(1)] }));
        Assert.Contains("'conv1'", error.Message);
    }

    [Fact]
    public void A_page_without_maps_is_refused() => Assert.Throws<ArgumentException>(() => ReportPage.Render(SmallReport.Content() with { Columns = [] }));

    [Fact]
    public void Two_calls_of_one_name_are_refused()
    {
        ReportContent content = SmallReport.Content();
        Assert.Throws<ArgumentException>(() => ReportPage.Render(content with { Calls = [.. content.Calls, content.Calls[0]] }));
    }

    [Theory]
    [InlineData("no such map", 0.5f)]
    [InlineData("jet", 1.5f)]
    [InlineData("jet", float.NaN)]
    public void Colours_out_of_range_are_refused(string map, float alpha) =>
        Assert.Throws<ArgumentException>(() => ReportPage.Render(SmallReport.Content() with { ColorMap = map, Alpha = alpha }));

    [Fact]
    public void Parts_are_found_by_name()
    {
        Assert.Contains("class Painter", PageAssets.Scripts(PageAssets.PainterScripts));
        Assert.Contains("--paper", PageAssets.Styles("base"));
        Assert.Contains("page.html", Assert.Throws<ArgumentException>(() => PageAssets.Styles("missing")).Message);
        Assert.Equal(768, ColorTables.Bytes("jet").Length);
    }
}

using CAManim.Native.Report.Assets;
using CAManim.Native.Server.Pages;

namespace CAManim.Native.Server.Live;

/// <summary>The page's parts, put together once from those it shares with the report page and its own.</summary>
internal static class LivePage
{
    public static string Html { get; } = PageFiles.Read("live.html");

    public static string Styles { get; } = PageAssets.Styles("base") + PageFiles.Read("live.css");

    public static string Script { get; } = PageFiles.Script("chart.js", "mosaic.js", "classes.js", "live.js");
}

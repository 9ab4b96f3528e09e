using System.Text.Json;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Report.Assets;

namespace CAManim.Native.Server.Live;

/// <summary>The page's parts, put together once from those it shares with the report page and its own.</summary>
internal static class LivePage
{
    public static string Html { get; } = Read("live.html");

    public static string Styles { get; } = PageAssets.Styles("base") + Read("live.css");

    public static string Script { get; } = $"const COLOURS = {JsonSerializer.Serialize(ColorMaps.Names.ToDictionary(n => n, n => Convert.ToBase64String(ColorTables.Bytes(n))))};\n"
        + $"(() => {{\n'use strict';\n{string.Concat(PageAssets.PainterScripts.Append("elements").Select(s => PageAssets.Read(s + ".js")))}{Read("chart.js")}{Read("mosaic.js")}{Read("live.js")}}})();\n";

    private static string Read(string name)
    {
        using Stream stream = typeof(LivePage).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}

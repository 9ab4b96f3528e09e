using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CAManim.Native.Report.Assets;

namespace CAManim.Native.Report.Pages;

/// <summary>Puts template, styles, scripts and data together.</summary>
internal static partial class PageAssembly
{
    private static readonly string[] StyleNames = ["base", "page"];

    private static readonly string[] ScriptNames =
    [
        .. PageAssets.PainterScripts,
        "elements", "numbers", "picture", "report-data", "curve", "stages", "columns", "facts", "view-controls", "playback", "keys",
        "outline", "notes", "theme", "map-files", "downloads", "main",
    ];

    public static string Build(PageData data)
    {
        string styles = PageAssets.Styles(StyleNames);
        string script = PageAssets.Scripts(ScriptNames);
        Dictionary<string, string> parts = new()
        {
            ["policy"] = $"default-src 'none'; script-src {Source(script)}; style-src {Source(styles)}; img-src data: blob:; base-uri 'none'; form-action 'none'",
            ["title"] = WebUtility.HtmlEncode($"{string.Join(", ", data.Columns.Select(c => c.Target).Distinct())}: {data.Model}"),
            ["styles"] = styles,
            ["data"] = JsonSerializer.Serialize(data, PageJson.Default.PageData),
            ["script"] = script,
        };

        // In one pass: what is put in is not looked at again.
        return Place().Replace(PageAssets.Read("page.html"), place => parts[place.Groups[1].Value]);
    }

    private static string Source(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Place();
}

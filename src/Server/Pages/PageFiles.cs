using System.Text.Json;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Report.Assets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CAManim.Native.Server.Pages;

/// <summary>The files of pages: put together from the parts that they share with the report page and their own, and served as strictly as can be.</summary>
internal static class PageFiles
{
    // Nothing from elsewhere, and no page around this one.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>A part of the server's pages as it is.</summary>
    public static string Read(string name)
    {
        using Stream stream = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Colours, painters, elements, and these parts, in one function that runs at once.</summary>
    public static string Script(params IEnumerable<string> parts) =>
        $"const COLOURS = {JsonSerializer.Serialize(ColorMaps.Names.ToDictionary(n => n, n => Convert.ToBase64String(ColorTables.Bytes(n))))};\n"
        + $"(() => {{\n'use strict';\n{string.Concat(PageAssets.PainterScripts.Append("elements").Select(s => PageAssets.Read(s + ".js")))}{string.Concat(parts.Select(Read))}}})();\n";

    /// <summary>Serves a text.</summary>
    public static void Map(IEndpointRouteBuilder routes, string path, string type, string text) => routes.MapGet(path, (HttpContext context) =>
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;

        // A process of its own in the browser; such pages have fine clocks, too.
        context.Response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        context.Response.Headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Text(text, $"{type}; charset=utf-8");
    }).ExcludeFromDescription();
}

using System.Net.WebSockets;
using CAManim.Native.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CAManim.Native.Server.Live;

/// <summary>The live page, its socket and its recordings.</summary>
internal sealed class LiveEndpoint(LiveChannel channel)
{
    // Nothing from elsewhere, and no page around this one.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public void Map(IEndpointRouteBuilder routes)
    {
        Page(routes, "/", "text/html; charset=utf-8", LivePage.Html);
        Page(routes, "/live.css", "text/css; charset=utf-8", LivePage.Styles);
        Page(routes, "/live.js", "text/javascript; charset=utf-8", LivePage.Script);
        routes.MapGet("/live", Watch).ExcludeFromDescription();
        routes.MapGet("/recordings/{name}", (string name) => channel.Recorder.Find(name) is { } path
            ? Results.File(path, "video/mp4", Path.GetFileName(path), enableRangeProcessing: true)
            : Results.NotFound()).ExcludeFromDescription();
    }

    private static void Page(IEndpointRouteBuilder routes, string path, string type, string text) => routes.MapGet(path, (HttpContext context) =>
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;

        // A process of its own in the browser; such pages have fine clocks, too.
        context.Response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        context.Response.Headers["Cross-Origin-Embedder-Policy"] = "require-corp";
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Text(text, type);
    }).ExcludeFromDescription();

    private async Task Watch(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await Problems.Write(context, StatusCodes.Status400BadRequest, "This address is for the live page's WebSocket.").ConfigureAwait(false);
            return;
        }

        if (channel.Viewers >= PacketBoard.MostViewers)
        {
            await Problems.Write(context, StatusCodes.Status503ServiceUnavailable, $"{PacketBoard.MostViewers} pages are open already. Close one.").ConfigureAwait(false);
            return;
        }

        CancellationToken stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        await new Viewer(channel, socket).Run(stopping).ConfigureAwait(false);
    }
}

using System.Net.WebSockets;
using CAManim.Native.Server.Hosting;
using CAManim.Native.Server.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CAManim.Native.Server.Live;

/// <summary>The live page, its socket and its recordings.</summary>
internal sealed class LiveEndpoint(LiveChannel channel)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        PageFiles.Map(routes, "/", "text/html", LivePage.Html);
        PageFiles.Map(routes, "/live.css", "text/css", LivePage.Styles);
        PageFiles.Map(routes, "/live.js", "text/javascript", LivePage.Script);
        routes.MapGet("/live", Watch).ExcludeFromDescription();
        routes.MapGet("/recordings/{name}", (string name) => channel.Recorder.Find(name) is { } path
            ? Results.File(path, "video/mp4", Path.GetFileName(path), enableRangeProcessing: true)
            : Results.NotFound()).ExcludeFromDescription();
    }

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

using System.Text.Json;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Report.Assets;
using Microsoft.AspNetCore.Routing;

namespace CAManim.Native.Server.Pages;

/// <summary>The service's page: a picture is dropped on it, and the maps of all layers are shown.</summary>
internal static class PicturePage
{
    public static void Map(IEndpointRouteBuilder routes, ServedModel model)
    {
        string setup = JsonSerializer.Serialize(new { model = model.Model.Name, methods = CamMethods.Names, classes = model.Model.ClassNames.Names });
        PageFiles.Map(routes, "/", "text/html", PageFiles.Read("serve.html"));
        PageFiles.Map(routes, "/serve.css", "text/css", PageAssets.Styles("base") + PageFiles.Read("live.css") + PageFiles.Read("serve.css"));
        PageFiles.Map(routes, "/serve.js", "text/javascript", $"const SERVED = {setup};\n{PageFiles.Script("mosaic.js", "classes.js", "serve.js")}");
    }
}

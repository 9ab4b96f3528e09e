using System.Globalization;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Models;
using CAManim.Native.Models.Weights;

namespace CAManim.Native.Cli.Running;

/// <summary>The file of <c>--maps</c>.</summary>
internal static class MapsFile
{
    public static void Write(string path, RunRequest request, LoadedModel model, CamResult result)
    {
        Dictionary<string, string> metadata = new()
        {
            ["model"] = model.Name,
            ["method"] = CamMethods.NameOf(result.Method),
            ["category"] = result.ClassIndex.ToString(CultureInfo.InvariantCulture),
            ["target"] = RunReports.TargetName(request, model, result),
            ["weights"] = request.Weights,
            ["input"] = request.Input.TensorKey ?? request.Input.File ?? "",
            ["signed"] = request.IsSigned ? "true" : "false",
            ["camanim"] = Versions.Tool,
        };
        SafeTensorsWriter.Write(path, result.Frames.Select(f => (f.Name, (int[])[f.Height, f.Width], request.IsSigned ? f.SignedMap : f.Map)), metadata);
    }
}

using System.Globalization;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models;
using CAManim.Native.Models.Weights;

namespace CAManim.Native.Cli.Running;

/// <summary>The file of <c>--maps</c>; with several targets each map's key begins with its target.</summary>
internal static class MapsFile
{
    public static void Write(string path, RunRequest request, LoadedModel model, IReadOnlyList<TargetRun> runs)
    {
        Dictionary<string, string> metadata = new()
        {
            ["model"] = model.Name,
            ["method"] = CamMethods.NameOf(request.Cam.Method),
            ["category"] = string.Join(',', runs.Select(r => r.Result.ClassIndex.ToString(CultureInfo.InvariantCulture))),
            ["target"] = string.Join(',', runs.Select(r => r.Name(model.ClassNames))),
            ["weights"] = request.Weights,
            ["input"] = request.Input.TensorKey ?? request.Input.File ?? "",
            ["signed"] = request.IsSigned ? "true" : "false",
            ["camanim"] = Versions.Tool,
        };
        SafeTensorsWriter.Write(path, runs.SelectMany(r => r.Result.Frames.Select(f => (Key(r, f), (int[])[f.Height, f.Width], request.IsSigned ? f.SignedMap : f.Map))), metadata);

        string Key(TargetRun run, LayerMap frame) => runs.Count == 1 ? frame.Name : $"{run.Asked}/{frame.Name}";
    }
}

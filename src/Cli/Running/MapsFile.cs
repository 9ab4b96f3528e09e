using System.Globalization;
using CAManim.Native.Cli.Json;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models;
using CAManim.Native.Models.Weights;

namespace CAManim.Native.Cli.Running;

/// <summary>The file of <c>--maps</c>; with several targets each map's key begins with its target.</summary>
internal static class MapsFile
{
    private const string NumPy = ".npz";

    /// <summary>Endings that say what is written.</summary>
    public static readonly string[] Endings = [".safetensors", NumPy];

    /// <summary>The maps again, each with what the report says of it.</summary>
    /// <param name="path">A file that <see cref="Write"/> wrote.</param>
    /// <param name="report">The report of the same run.</param>
    /// <param name="target">One of its targets.</param>
    /// <exception cref="WeightFileException">The file is missing, damaged or of another run.</exception>
    public static IReadOnlyList<LayerMap> Read(string path, RunReport report, TargetDetails target)
    {
        if (IsNumPy(path))
        {
            throw new InvalidDataException($"The maps in '{path}' are NumPy's, and a page reads .safetensors. Run again with --maps FILE.safetensors, or with --report FILE.html.");
        }

        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        bool isSigned = file.Metadata.GetValueOrDefault("signed") == "true";
        return [.. target.Frames.Where(f => f.Kept).Select(f => Map(file, Key(report.OtherTargets.Count == 0, target.Target.Asked, f.Name), f, isSigned))];
    }

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
        IEnumerable<(string Name, int[] Shape, ReadOnlyMemory<float> Data)> maps = runs.SelectMany(r => r.Result.Frames.Select(f => (Key(runs.Count == 1, r.Asked, f.Name), (int[])[f.Height, f.Width], request.IsSigned ? f.SignedMap : f.Map)));
        if (IsNumPy(path))
        {
            NumPyArchive.Write(path, maps);
            return;
        }

        SafeTensorsWriter.Write(path, maps, metadata);
    }

    private static bool IsNumPy(string path) => Path.GetExtension(path).Equals(NumPy, StringComparison.OrdinalIgnoreCase);

    private static string Key(bool isAlone, string target, string frame) => isAlone ? frame : $"{target}/{frame}";

    private static LayerMap Map(SafeTensorsFile file, string key, FrameReport frame, bool isSigned)
    {
        (int[] shape, float[] values) = file.Read(key);
        if (shape is not [> 0, > 0])
        {
            throw new WeightFileException($"The map '{key}' has the shape [{string.Join(',', shape)}]; a map has [h,w]. Give the file that run --maps wrote with this report.");
        }

        float[] map = isSigned ? [.. values.Select(v => v <= 0 ? 0 : v)] : values;
        return new LayerMap
        {
            Name = frame.Name,
            ModuleClass = frame.ModuleClass,
            Channels = 0,
            Height = shape[0],
            Width = shape[1],
            SignedMap = values,
            Map = map,
            Minimum = frame.Min ?? 0,
            Maximum = frame.Max ?? 0,
            HasNonFinite = frame.Flags?.NonFinite == true || !values.All(float.IsFinite),
            Parameters = frame.Parameters,
            Road = frame.Road,
        };
    }
}

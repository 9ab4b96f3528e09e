using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CAManim.Native.Cli.Running;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Road.Files;

namespace CAManim.Native.Cli.Json;

/// <summary>What <c>ybroad --json</c> writes: the library's file of a series, with what it was made from around it. One object; several targets or methods: an array of them.</summary>
internal static class YbRoadJson
{
    private static readonly CliJson Context = new(new JsonSerializerOptions(CliJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(YbRoadRequest request, YbRoadOutcome outcome)
    {
        JsonObject[] all = [.. outcome.Series.Select(s => Series(request, outcome, s))];
        JsonNode root = all.Length == 1 ? all[0] : new JsonArray([.. all]);
        return root.ToJsonString(Context.Options);
    }

    private static JsonObject Series(YbRoadRequest request, YbRoadOutcome outcome, YbRoadSeries series)
    {
        JsonObject json = new()
        {
            ["model"] = outcome.Model,
            ["weights"] = request.Weights,
            ["input"] = JsonSerializer.SerializeToNode(outcome.Input, Context.InputReport),
            ["method"] = CamMethods.NameOf(series.Method),
            ["layers"] = request.Layers,
            ["order"] = request.Cam.Order == LayerOrder.Execution ? "execution" : "registration",
            ["compat"] = request.Cam.Compatibility.ToString().ToLowerInvariant(),
            ["channelLimit"] = series.ChannelLimit,
            ["methodOptions"] = JsonSerializer.SerializeToNode(MethodSetting.Of(series.Method, request.Cam), Context.IReadOnlyListMethodSetting),
            ["augSmooth"] = request.Cam.AugmentationSmoothing,
            ["eigenSmooth"] = request.Cam.EigenSmoothing,
            ["target"] = JsonSerializer.SerializeToNode(series.Target, Context.TargetReport),
        };
        json["activationReason"] = series.ActivationReason;
        json["warnings"] = new JsonArray([.. series.Warnings.Select(w => JsonValue.Create(w))]);
        JsonObject scores = File(series.Result);
        foreach (string name in scores.Select(p => p.Key).ToArray())
        {
            JsonNode? value = scores[name];
            scores.Remove(name);
            json[name] = value;
        }

        json["smooth"] = request.Smooth == 1 ? null : new JsonObject
        {
            ["window"] = request.Smooth,
            ["road"] = new JsonArray([.. series.Result.Smooth(request.Smooth).Select(Number)]),
        };
        json["baselines"] = series.Baselines is not { } baselines ? null : new JsonObject
        {
            ["randomCam"] = File(baselines.RandomCam),
            ["randomMaps"] = File(baselines.RandomMaps),
        };
        json["curves"] = series.Curves is not { } curves ? null : new JsonArray([.. curves.Select(c => new JsonObject
        {
            ["name"] = c.Name,
            ["reason"] = c.Reason,
            ["insertion"] = Numbers(c.Insertion),
            ["deletion"] = Numbers(c.Deletion),
            ["insertionArea"] = Number(c.InsertionArea),
            ["deletionArea"] = Number(c.DeletionArea),
        })]);
        json["drops"] = series.Drops is not { } drops ? null : new JsonArray([.. drops.Select(d => new JsonObject
        {
            ["name"] = d.Name,
            ["reason"] = d.Reason,
            ["score"] = Number(d.Score),
            ["drop"] = Number(d.Drop),
            ["isIncrease"] = d.IsIncrease,
            ["complexity"] = Number(d.Complexity),
            ["coherency"] = Number(d.Coherency),
            ["adcc"] = Number(d.Adcc),
        })]);
        json["versions"] = JsonSerializer.SerializeToNode(Versions.Collect(withLibav: false), Context.VersionReport);
        return json;
    }

    private static JsonArray Numbers(IEnumerable<float> values) => new([.. values.Select(v => Number(v))]);

    private static JsonNode? Number(float? value) => value is { } number && float.IsFinite(number) ? JsonValue.Create(number) : null;

    private static JsonObject File(YbRoadResult result)
    {
        using MemoryStream stream = new();
        RoadJson.Write(result, stream);
        return JsonNode.Parse(stream.ToArray())!.AsObject();
    }
}

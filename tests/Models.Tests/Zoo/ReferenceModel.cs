using System.Text.Json;
using CAManim.Native.Models.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Zoo;

/// <summary>One of the reference's model descriptions, and its input.</summary>
internal sealed class ReferenceModel
{
    public required string Name { get; init; }

    public required int InputSize { get; init; }

    public required long Parameters { get; init; }

    public required (string Key, string Type, long[] Shape)[] State { get; init; }

    public required (string Name, string Class, long[]? Shape)[] Modules { get; init; }

    public required float[] Logits { get; init; }

    public required double InputSum { get; init; }

    public static ReferenceModel Read(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Require($"reference/models/{name}.json")));
        JsonElement root = document.RootElement;
        return new ReferenceModel
        {
            Name = name,
            InputSize = root.GetProperty("input_size").GetInt32(),
            Parameters = root.GetProperty("parameters").GetInt64(),
            State = [.. root.GetProperty("state_dict").EnumerateArray().Select(e => (e[0].GetString()!, e[1].GetString()!, Shape(e[2])!))],
            Modules = [.. root.GetProperty("modules").EnumerateArray().Select(e => (e[0].GetString()!, e[1].GetString()!, Shape(e[2])))],
            Logits = [.. root.GetProperty("logits").EnumerateArray().Select(e => e.GetSingle())],
            InputSum = root.GetProperty("input_sum").GetDouble(),
        };
    }

    /// <summary>u of the key "input", cropped, smoothed by a 15x15 window over real pixels, standardised: [1,3,s,s]; in float32 as the reference.</summary>
    public Tensor Input()
    {
        const int full = 300;
        var uniform = new float[3 * full * full];
        RuleWeights.FillUniform(uniform, "input");
        using DisposeScope scope = NewDisposeScope();
        Tensor whole = tensor(uniform, [1, 3, full, full]);
        Tensor crop = whole.slice(2, 0, InputSize, 1).slice(3, 0, InputSize, 1).contiguous();
        Tensor smooth = nn.functional.avg_pool2d(crop, [15, 15], [1, 1], [7, 7], count_include_pad: false);
        Tensor centred = smooth - smooth.mean();
        return (centred / centred.std(unbiased: false)).MoveToOuterDisposeScope();
    }

    private static long[]? Shape(JsonElement element) =>
        element.ValueKind == JsonValueKind.Null ? null : [.. element.EnumerateArray().Select(d => d.ValueKind == JsonValueKind.Number ? d.GetInt64() : -1)];
}

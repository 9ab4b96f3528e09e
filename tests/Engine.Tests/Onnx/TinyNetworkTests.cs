using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Onnx;

/// <summary>Small networks of torchvision's classes as ONNX files, exported by <c>tools/Onnx/export.py</c>, against what PyTorch computes of them.</summary>
public sealed class TinyNetworkTests
{
    [Theory]
    [InlineData("tiny_shufflenet", 64)]
    [InlineData("tiny_vit", 17)]
    public void Logits_and_maps_equal_PyTorch_s(string name, int maps) =>
        Check(Path.Combine(AppContext.BaseDirectory, "Onnx", $"{name}.onnx"), Path.Combine(AppContext.BaseDirectory, "Onnx", $"{name}.safetensors"), maps);

    /// <param name="file">The exported network.</param>
    /// <param name="expected">What PyTorch computed.</param>
    /// <param name="maps">How many modules have a node.</param>
    internal static void Check(string file, string expected, int maps)
    {
        ReferenceTensors reference = new(expected);
        using LoadedModel network = ModelZoo.Create(file);
        using Tensor input = tensor(reference.Floats("input"), [.. reference.Shape("input").Select(d => (long)d)]);
        CamResult result = new CamEngine(network.Module).Run(input, new CamOptions { Method = CamMethod.HiResCAM, Target = Target.Top });
        Assert.InRange(Numbers.RelativeL2(result.Logits.Span, reference.Floats("logits")), 0, 1e-5);
        const string prefix = "map/";
        (string, string)[] calls = [.. reference.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => (k[prefix.Length..], reference.Metadata[k[prefix.Length..]]))];
        List<(double, string)> errors = [];
        foreach ((string call, string node) in NodeNames.Pairs(calls, [.. result.Frames.Select(f => f.Name)]))
        {
            float[] actual = result.Frames.Single(f => f.Name == node).SignedMap.ToArray();

            // A class token comes first, and has no place in the map. Where it alone goes on, the map is zero.
            float[] map = reference.Floats(prefix + call).AsSpan()[^actual.Length..].ToArray();
            if (!map.AsSpan().ContainsAnyExcept(0) || !ReferenceMaps.IsNoise(map, reference.Floats($"norm/{call}")[0]))
            {
                errors.Add((Numbers.RelativeL2(actual, map), call));
            }
        }

        ReferenceMaps.AssertEqual(errors, maps);
    }
}

using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Onnx;

/// <summary>Networks of torchvision, exported by PyTorch with weights by rule, against the zoo's: logits, and maps wherever a node corresponds to a module.</summary>
[Trait("Category", "Slow")]
public sealed class ExportedNetworkTests(ExportFolder exports) : IClassFixture<ExportFolder>
{
    [Theory]
    [InlineData("resnet18", 53)]
    [InlineData("mobilenet_v2", 157)]
    [InlineData("vit_b_16", 78)]
    [InlineData("swin_t", 110)]
    public void Logits_and_maps_equal_the_zoo_s(string name, int maps)
    {
        using LoadedModel zoo = ModelZoo.Create(name, "rule:camanim");
        using LoadedModel onnx = ModelZoo.Create(exports.Require(name));
        ReferenceTensors inputs = new(SharedFiles.Require("reference/inputs.safetensors"));
        using Tensor input = tensor(inputs.Floats("both_224"), [1, 3, 224, 224]);
        CamOptions options = new() { Method = CamMethod.HiResCAM, Target = Target.Top };
        CamResult expected = new CamEngine(zoo.Module).Run(input, options);
        CamResult actual = new CamEngine(onnx.Module).Run(input, options);
        Assert.InRange(Numbers.RelativeL2(actual.Logits.Span, expected.Logits.Span), 0, 1e-5);
        Dictionary<string, double> norms = OperandNorms.Measure(zoo.Module, input, expected.ClassIndex);
        (string, string)[] calls = [.. expected.Frames.Select(f => (f.Name, f.ModuleClass))];
        ReferenceMaps.AssertEqual(
            NodeNames.Pairs(calls, [.. actual.Frames.Select(f => f.Name)]).Where(p => !ReferenceMaps.IsNoise(Map(expected, p.Call), norms[p.Call]))
                .Select(p => (Numbers.RelativeL2(Map(actual, p.Node), Map(expected, p.Call)), p.Call)),
            maps);
    }

    [Theory]
    [InlineData("tiny_shufflenet", 9, 64)]
    [InlineData("tiny_shufflenet", 10, 64)]
    [InlineData("tiny_shufflenet", 11, 64)]
    [InlineData("tiny_shufflenet", 12, 64)]
    [InlineData("tiny_shufflenet", 13, 64)]
    [InlineData("tiny_shufflenet", 14, 64)]
    [InlineData("tiny_shufflenet", 15, 64)]
    [InlineData("tiny_shufflenet", 16, 64)]
    [InlineData("tiny_shufflenet", 17, 64)]
    [InlineData("tiny_vit", 9, 17)]
    [InlineData("tiny_vit", 12, 17)]
    [InlineData("tiny_vit", 17, 17)]
    [InlineData("tiny_swin", 13, 39)]
    [InlineData("tiny_swin", 17, 39)]
    public void Every_operator_set_gives_the_same(string name, int opset, int maps)
    {
        string file = exports.Require($"{name}@{opset}");
        TinyNetworkTests.Check(file, Path.Combine(Path.GetDirectoryName(file)!, $"{name}.safetensors"), maps);
    }

    private static float[] Map(CamResult result, string name) => result.Frames.Single(f => f.Name == name).Map.ToArray();
}

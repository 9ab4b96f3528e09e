using System.Text.Json;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

public sealed class ReferenceTests
{
    [Theory]
    [InlineData("resnet18", CamMethod.GradCAM)]
    [InlineData("resnet18", CamMethod.HiResCAM)]
    [InlineData("resnet18", CamMethod.GradCAMElementWise)]
    [InlineData("resnet18", CamMethod.GradCAMPlusPlus)]
    [InlineData("resnet18", CamMethod.XGradCAM)]
    [InlineData("resnet18", CamMethod.LayerCAM)]
    public void RuleWeights(string model, CamMethod method)
    {
        ReferenceTensors reference = new(SharedFiles.Require($"reference/cams/{model}.{FileName(method)}.safetensors"));
        using LoadedModel network = ModelZoo.Create(model);
        network.LoadWeights("rule:camanim");
        CamResult result = Run(network, "both_224", method, Target.Top);

        Assert.Equal(int.Parse(reference.Metadata["category"]), result.ClassIndex);
        HashSet<string> kept = [.. result.Frames.Select(f => f.Name)];
        Assert.All(reference.Keys.Where(k => reference.Shape(k) is not [1, 1]), k => Assert.Contains(k, kept));
        ReferenceMaps.AssertEqual(result, reference, name => name, name => false);
    }

    [Theory]
    [InlineData(CamMethod.GradCAM)]
    [InlineData(CamMethod.HiResCAM)]
    [InlineData(CamMethod.GradCAMElementWise)]
    [InlineData(CamMethod.GradCAMPlusPlus)]
    [InlineData(CamMethod.XGradCAM)]
    [InlineData(CamMethod.LayerCAM)]
    public void TrainedNetwork(CamMethod method)
    {
        ReferenceTensors reference = new(SharedFiles.Require("reference/road/cifar10_resnet20.maps.safetensors"));
        using JsonDocument road = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Require("reference/road/cifar10_resnet20.json")));
        using LoadedModel network = ModelZoo.Create("cifar10_resnet20");
        network.LoadWeights(SharedFiles.Require("weights/cifar10_resnet20.th"));
        CamResult result = Run(network, "both_32", method, Target.Class(5));

        Assert.Equal(59, result.Frames.Count);
        Assert.Equal(road.RootElement.GetProperty("order").EnumerateArray().Select(e => e.GetString()), result.Frames.Select(f => f.Name));
        Assert.Equal(0.9471136331558228, result.Probability, 1e-5);
        float[] logits = [.. road.RootElement.GetProperty("logits").EnumerateArray().Select(e => e.GetSingle())];
        Assert.InRange(Numbers.RelativeL2(result.Logits.Span, logits), 0, 1e-5);
        ReferenceMaps.AssertEqual(result, reference, name => $"{FileName(method)}/{name}", name => false);
    }

    private static CamResult Run(LoadedModel network, string input, CamMethod method, Target target)
    {
        ReferenceTensors inputs = new(SharedFiles.Require("reference/inputs.safetensors"));
        using DisposeScope scope = NewDisposeScope();
        Tensor image = tensor(inputs.Floats(input)).reshape([.. inputs.Shape(input).Select(d => (long)d)]);
        return new CamEngine(network.Module).Run(image.dim() == 3 ? image.unsqueeze(0) : image, new CamOptions { Method = method, Target = target, Order = LayerOrder.Execution });
    }

    private static string FileName(CamMethod method) => CamMethods.NameOf(method).Replace("++", "PlusPlus", StringComparison.Ordinal);
}

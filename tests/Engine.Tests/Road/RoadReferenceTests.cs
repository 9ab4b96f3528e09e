using System.Text.Json;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Road.Masks;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Road;

/// <summary>The Python code's thresholds, counts, imputed images and scores.</summary>
public sealed class RoadReferenceTests
{
    // Issue 6: scores and imputed images within 1e-4.
    private const double ScoreTolerance = 1e-4;
    private const double ImageTolerance = 1e-4;

    // Rounding of a float32 map scaled to [0,1].
    private const double MapTolerance = 1e-5;

    private static readonly RoadOptions AsReference = new() { Mode = RoadMode.Reference, Noise = 0 };

    [Theory]
    [InlineData("conv1")]
    [InlineData("layer4.1.relu")]
    public void ThresholdsAndCountsAreExact(string layer)
    {
        ReferenceTensors images = new(SharedFiles.Require("reference/road/resnet18.imputed.safetensors"));
        using JsonDocument road = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Require("reference/road/resnet18.json")));
        JsonElement expected = road.RootElement.GetProperty("layers").GetProperty(layer);
        ReferenceMasks masks = new(224, 224);
        masks.LoadScaled(images.Floats($"{layer}.cam"));
        byte[] removed = new byte[224 * 224];
        foreach (double percentile in AsReference.Percentiles)
        {
            foreach (string order in new[] { "morf", "lerf" })
            {
                Removal removal = masks.Fill(percentile, order == "morf", removed);
                JsonElement step = expected.GetProperty($"{order}{percentile}");
                Assert.Equal(step.GetProperty("threshold").GetDouble(), removal.Threshold!.Value);
                Assert.Equal(step.GetProperty("removed").GetInt32(), removal.Count);
                Assert.Equal(removal.Count, removed.Sum(r => r));
            }
        }
    }

    [Theory]
    [InlineData("conv1")]
    [InlineData("layer4.1.relu")]
    public void ImputedImagesAreThePythonOnes(string layer)
    {
        ReferenceTensors images = new(SharedFiles.Require("reference/road/resnet18.imputed.safetensors"));
        using JsonDocument road = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Require("reference/road/resnet18.json")));
        JsonElement expected = road.RootElement.GetProperty("layers").GetProperty(layer);
        float[] input = new ReferenceTensors(SharedFiles.Require("reference/inputs.safetensors")).Floats("both_224");
        using LoadedModel network = ModelZoo.Create("resnet18", "rule:camanim");
        ReferenceMasks masks = new(224, 224);
        masks.LoadScaled(images.Floats($"{layer}.cam"));
        byte[] removed = new byte[224 * 224];
        float[] imputed = new float[input.Length];
        KernelImputer imputer = new(input);
        int compared = 0;
        foreach (double percentile in AsReference.Percentiles)
        {
            foreach (string order in new[] { "morf", "lerf" })
            {
                if (masks.Fill(percentile, order == "morf", removed).Count == removed.Length)
                {
                    Array.Clear(imputed);
                }
                else
                {
                    imputer.Impute(input, removed, 3, 224, 224, imputed);
                }

                if (images.Contains($"{layer}.{order}{percentile}"))
                {
                    Numbers.AssertClose(imputed, images.Floats($"{layer}.{order}{percentile}"), ImageTolerance, 0, $"{layer} {order} {percentile}");
                    compared++;
                }

                JsonElement step = expected.GetProperty($"{order}{percentile}");
                Assert.Equal(step.GetProperty("imputed_sum").GetDouble(), imputed.Sum(v => (double)v), ImageTolerance * imputed.Length);
                using DisposeScope scope = NewDisposeScope();
                using IDisposable none = no_grad();
                float[] logits = network.Module.call(tensor(imputed).reshape(1, 3, 224, 224)).data<float>().ToArray();
                Assert.Equal(step.GetProperty("score").GetDouble(), Softmax.At(logits, 0), ScoreTolerance);
            }
        }

        Assert.Equal(4, compared);
    }

    [Fact]
    public void NetworkWithRuleWeightsFromImageToScore()
    {
        using JsonDocument road = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Require("reference/road/resnet18.json")));
        ReferenceTensors inputs = new(SharedFiles.Require("reference/inputs.safetensors"));
        using LoadedModel network = ModelZoo.Create("resnet18", "rule:camanim");
        using DisposeScope scope = NewDisposeScope();
        Tensor input = tensor(inputs.Floats("both_224")).reshape(1, 3, 224, 224);
        CamResult maps = new CamEngine(network.Module).Run(input, new CamOptions { Target = Target.Class(0), Layers = LayerSelection.Parse("conv1,layer2.0.conv1,layer4.1.relu") });
        foreach (JsonProperty expected in road.RootElement.GetProperty("layers").EnumerateObject())
        {
            LayerMap map = maps.Frames.Single(f => f.Name == expected.Name);
            LayerRoad layer = YbRoad.Score(network.Module, input, maps with { Frames = [map] }, AsReference).Layers[0];
            Assert.Equal(expected.Value.GetProperty("road").GetDouble(), layer.PercentileMean!.Value, ScoreTolerance);
            Assert.Equal(layer.Percentiles.Any(p => p.MostFirst.Removed == 50176), layer.Road is null);
            foreach (PercentileRoad percentile in layer.Percentiles)
            {
                Compare(expected.Value.GetProperty($"morf{percentile.Percentile}"), percentile.MostFirst);
                Compare(expected.Value.GetProperty($"lerf{percentile.Percentile}"), percentile.LeastFirst);
            }
        }

        static void Compare(JsonElement expected, RoadStep actual)
        {
            // The map itself is only equal up to rounding here; the thresholds of the very same map are compared above.
            Assert.Equal(expected.GetProperty("threshold").GetDouble(), actual.Threshold!.Value, MapTolerance);
            Assert.Equal(expected.GetProperty("removed").GetInt32(), actual.Removed);
            Assert.Equal(expected.GetProperty("score").GetDouble(), actual.Score, ScoreTolerance);
        }
    }

    [Fact]
    public void TrainedNetworkReachesThePythonScores()
    {
        ReferenceTensors reference = new(SharedFiles.Require("reference/road/cifar10_resnet20.maps.safetensors"));
        using JsonDocument road = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Require("reference/road/cifar10_resnet20.json")));
        using LoadedModel network = ModelZoo.Create("cifar10_resnet20", SharedFiles.Require("weights/cifar10_resnet20.th"));
        using DisposeScope scope = NewDisposeScope();
        Tensor input = tensor(reference.Floats("input")).reshape(1, 3, 32, 32);
        JsonProperty[] expected = [.. road.RootElement.GetProperty("road_GradCAM").EnumerateObject()];
        LayerMap[] frames = [.. expected.Select(e => RoadMaps.Layer(e.Name, reference.Shape($"GradCAM/{e.Name}")[0], reference.Shape($"GradCAM/{e.Name}")[1], reference.Floats($"GradCAM/{e.Name}")))];

        YbRoadResult result = YbRoad.Score(network.Module, input, RoadMaps.Result(32, 32, 5, frames), AsReference);

        Assert.Equal(59, result.Layers.Count);
        Numbers.AssertClose(
            [.. result.Layers.Select(l => (float)l.PercentileMean!.Value)],
            [.. expected.Select(e => (float)e.Value.GetDouble())],
            ScoreTolerance,
            0,
            "ROAD");
        foreach (LayerRoad layer in result.Layers)
        {
            bool isEmpty = layer.Percentiles.Any(p => p.MostFirst.Removed == 1024 || p.LeastFirst.Removed == 1024);
            Assert.Equal(isEmpty, layer.Road is null);
            Assert.Equal(isEmpty, layer.Reason is not null);
        }
    }

    [Fact]
    public void TrainedNetworkFromImageToScore()
    {
        using JsonDocument road = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Require("reference/road/cifar10_resnet20.json")));
        ReferenceTensors inputs = new(SharedFiles.Require("reference/inputs.safetensors"));
        using LoadedModel network = ModelZoo.Create("cifar10_resnet20", SharedFiles.Require("weights/cifar10_resnet20.th"));
        using DisposeScope scope = NewDisposeScope();
        Tensor input = tensor(inputs.Floats("both_32")).reshape(1, 3, 32, 32);
        CamResult maps = new CamEngine(network.Module).Run(input, new CamOptions { Method = CamMethod.GradCAM, Target = Target.Class(5) });

        YbRoadResult result = YbRoad.Score(network.Module, input, maps, AsReference);

        JsonElement expected = road.RootElement.GetProperty("road_GradCAM");
        List<string> far = [.. result.Layers.Where(l => !(Math.Abs(l.PercentileMean!.Value - expected.GetProperty(l.Name).GetDouble()) <= ScoreTolerance)).Select(l => $"{l.Name} {l.PercentileMean} {expected.GetProperty(l.Name).GetDouble()}")];
        Assert.Empty(far);
    }
}

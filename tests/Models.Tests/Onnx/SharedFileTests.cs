using System.Runtime.InteropServices;
using CAManim.Native.Models.Onnx.Graph;
using CAManim.Native.Models.Tests.Zoo;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Onnx;

/// <summary>torchvision's networks, exported with rule weights, against the reference's logits and against the zoo.</summary>
[Collection(nameof(Alone))]
public sealed class SharedFileTests
{
    /// <summary>float32 in another order of summation, batch normalisation folded by the exporter.</summary>
    private const double LogitsTolerance = 1e-5;

    /// <summary>The reference's median bound, here for every map.</summary>
    private const double MapTolerance = 1e-5;

    /// <summary>Of the largest input of a ReLU: some roundings of float32, added up over the layers before.</summary>
    private const double Rounding = 2e-6;

    [Theory]
    [InlineData("shufflenet_v2_x0_5")]
    [InlineData("squeezenet1_1")]
    public void Logits_equal_torchvision_s(string name)
    {
        using LoadedModel model = ModelZoo.Create(SharedFiles.Require($"onnx/{name}.onnx"));
        Assert.True(model.HasWeights);
        Assert.Null(((OnnxNetwork)model.Module).Plan([1, 3, 224, 224]).Fault);
        Assert.Equal((name, 224, 1000), (model.Name, model.InputSize, model.ClassNames.Count));
        ReferenceModel reference = ReferenceModel.Read(name);
        using var noGradient = no_grad();
        using Tensor input = reference.Input();
        long before = Tensor.TotalCount;
        using Tensor logits = model.Module.call(input);
        Assert.InRange(Tensor.TotalCount, 0, before + 1);
        double difference = Numbers.RelativeL2(MemoryMarshal.Cast<byte, float>(logits.bytes), reference.Logits);
        Assert.True(difference <= LogitsTolerance, $"{name}: logits differ by {difference:E2}, at most {LogitsTolerance:E0}.");
    }

    [Theory]
    [InlineData("shufflenet_v2_x0_5")]
    [InlineData("squeezenet1_1")]
    public void A_batch_equals_its_images_although_one_was_exported(string name)
    {
        using LoadedModel model = ModelZoo.Create(SharedFiles.Require($"onnx/{name}.onnx"));
        using var noGradient = no_grad();
        using Tensor first = ReferenceModel.Read(name).Input();
        using Tensor second = first.flip(3);
        using Tensor both = cat([first, second]);
        using Tensor together = model.Module.call(both);
        using Tensor a = model.Module.call(first);
        using Tensor b = model.Module.call(second);
        using Tensor apart = cat([a, b]);
        Assert.Equal([2, 1000], together.shape);
        double difference = Numbers.RelativeL2(MemoryMarshal.Cast<byte, float>(together.bytes), MemoryMarshal.Cast<byte, float>(apart.bytes));
        Assert.True(difference <= LogitsTolerance, $"{name}: {difference:E2}.");
    }

    /// <summary>
    /// Where an input of a ReLU rounds to the other side of zero (the exporter folds batch normalisation into rounded weights), the maps of that
    /// picture move by up to 2e-2. That nothing else does: the zoo's ReLUs take the file's decisions, which differ from their own only next
    /// to zero, and all maps are equal.
    /// </summary>
    [Theory]
    [InlineData("shufflenet_v2_x0_5", "conv1.conv1.2.Relu:conv1.2", "maxpool.MaxPool:maxpool", "stage2.stage2.0.Reshape_1:stage2.0", "stage3.stage3.3.Reshape_1:stage3.3", "stage4.stage4.1.branch2.branch2.7.Relu:stage4.1.branch2.7", "conv5.conv5.2.Relu:conv5.2")]
    [InlineData("squeezenet1_1", "features.features.0.Conv:features.0", "features.features.2.MaxPool:features.2", "features.features.3.Concat:features.3", "features.features.7.squeeze_activation.Relu:features.7.squeeze_activation", "features.features.12.Concat:features.12", "classifier.classifier.1.Conv:classifier.1")]
    public void Activations_and_maps_equal_the_zoo_s(string name, params string[] pairs)
    {
        using LoadedModel zoo = ModelZoo.Create(name, "rule:camanim");
        using LoadedModel onnx = ModelZoo.Create(SharedFiles.Require($"onnx/{name}.onnx"));
        using Tensor picture = ReferenceModel.Read(name).Input();
        foreach (long shift in new[] { 0, 1, 2 })
        {
            using Tensor input = picture.roll([24 * shift, 17 * shift], [2, 3]);
            Dictionary<string, (float[] Activation, float[] Map)> actual = Probe.Run(onnx.Module, input, [.. pairs.Select(p => p.Split(':')[0])]);
            using Gates gates = Gates.Of(onnx.Module, input);
            double farthest = 0;
            Dictionary<string, (float[] Activation, float[] Map)> expected;
            using (gates.Force(zoo.Module, distance => farthest = Math.Max(farthest, distance)))
            {
                expected = Probe.Run(zoo.Module, input, [.. pairs.Select(p => p.Split(':')[1])]);
            }

            Assert.InRange(farthest, 0, Rounding);
            Assert.All(pairs.Select(p => p.Split(':')), p =>
            {
                Assert.InRange(Numbers.RelativeL2(actual[p[0]].Activation, expected[p[1]].Activation), 0, MapTolerance);
                Assert.InRange(Numbers.RelativeL2(actual[p[0]].Map, expected[p[1]].Map), 0, MapTolerance);
            });
            TestContext.Current.TestOutputHelper?.WriteLine($"shifted by {shift}: gates that differ lie within {farthest:E1} of zero");
        }
    }
}

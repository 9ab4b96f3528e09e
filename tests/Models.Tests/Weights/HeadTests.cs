using CAManim.Native.Models.Weights;
using CAManim.Native.Models.Weights.Matching;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Weights;

/// <summary>Networks that were trained for other classes than those that their architecture was published with.</summary>
public sealed class HeadTests : IDisposable
{
    private readonly WeightFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Every_network_takes_any_number_of_classes()
    {
        foreach (string name in ModelZoo.Names)
        {
            using LoadedModel model = ModelZoo.Create(name, 7);
            IReadOnlyList<NetworkHead> heads = NetworkHead.Of(model.Module);
            Assert.True(heads.Count(h => !h.IsAuxiliary) == 1, $"{name}: {string.Join(", ", heads)}");
            Assert.True(heads.Count == (name == "googlenet" ? 3 : name == "inception_v3" ? 2 : 1), $"{name}: {string.Join(", ", heads)}");
            Dictionary<string, Tensor> state = model.Module.state_dict();
            NetworkHead head = heads.Single(h => !h.IsAuxiliary);
            Assert.Equal(7, state[head.WeightKey].shape[0]);
            Assert.Equal(name != "maxvit_t", state.TryGetValue(head.BiasKey, out Tensor? bias) && bias.shape is [7]);
            Assert.Equal(7, model.ClassNames.Count);
            Assert.Equal("class 3", model.ClassNames[3]);
        }
    }

    [Theory]
    [InlineData("shufflenet_v2_x0_5", "fc", 64)]
    [InlineData("squeezenet1_1", "classifier.1", 64)]
    [InlineData("mnasnet0_5", "classifier.1", 64)]
    [InlineData("densenet121", "classifier", 64)]
    [InlineData("googlenet", "fc", 64)]
    [InlineData("cifar10_resnet20", "linear", 32)]
    [InlineData("vit_b_32", "heads.head", 0)]
    public void The_head_of_a_file_is_taken(string name, string head, int side)
    {
        using LoadedModel source = ModelZoo.Create(name, 3);
        source.LoadWeights("rule:a");
        string path = Save(source, k => k);
        using LoadedModel target = ModelZoo.Create(name, path);
        Assert.Equal(3, target.ClassNames.Count);
        Assert.Equal(3, target.Module.state_dict()[$"{head}.weight"].shape[0]);
        Assert.Contains($"the head has 3 classes (from '{head}.weight' [3,", target.Remarks[0]);
        AssertSame(source, target, side);
        ArgumentException refused = Assert.Throws<ArgumentException>(() => target.ClassNames.Resolve("3"));
        Assert.Contains("0 to 2", refused.Message);
    }

    [Theory]
    [InlineData("shufflenet_v2_x0_5", "fc", "fc.1")]
    [InlineData("shufflenet_v2_x0_5", "fc", "fc.0")]
    [InlineData("densenet121", "classifier", "classifier.1")]
    [InlineData("mnasnet0_5", "classifier.1", "classifier.1.1")]
    [InlineData("mnasnet0_5", "classifier.1", "classifier")]
    [InlineData("vit_b_32", "heads.head", "heads.1")]
    [InlineData("vit_b_32", "heads.head", "heads")]
    [InlineData("googlenet", "fc", "fc.1")]
    public void A_head_that_was_replaced_is_found_by_its_place(string name, string head, string inFile)
    {
        using LoadedModel source = ModelZoo.Create(name, 3);
        source.LoadWeights("rule:a");
        using LoadedModel target = ModelZoo.Create(name, Save(source, k => k == $"{head}.weight" ? $"{inFile}.weight" : k == $"{head}.bias" ? $"{inFile}.bias" : k));
        AssertSame(source, target, 0);
        Assert.Contains($"(from '{inFile}.weight' [3,", target.Remarks[0]);
    }

    [Fact]
    public void A_bias_may_be_missing_or_more()
    {
        using LoadedModel source = ModelZoo.Create("shufflenet_v2_x0_5", 3);
        source.LoadWeights("rule:a");
        using LoadedModel target = ModelZoo.Create("shufflenet_v2_x0_5", Save(source, k => k == "fc.bias" ? null : k));
        Assert.False(target.Module.state_dict().ContainsKey("fc.bias"));
        using Tensor input = zeros(1, 3, 64, 64);
        using var noGradient = no_grad();
        using Tensor with = source.Module.call(input);
        using Tensor without = target.Module.call(input);
        using Tensor difference = with - without;
        Assert.Equal(source.Module.state_dict()["fc.bias"].data<float>().ToArray(), difference.data<float>().ToArray(), (a, b) => Math.Abs(a - b) <= 1e-5f);
    }

    [Theory]
    [InlineData("googlenet", "aux")]
    [InlineData("inception_v3", "AuxLogits")]
    public void Auxiliary_heads_may_be_missing_or_of_other_classes(string name, string start)
    {
        using LoadedModel source = ModelZoo.Create(name, "rule:a");
        using LoadedModel without = ModelZoo.Create(name, Save(source, k => k.StartsWith(start, StringComparison.Ordinal) ? null : k));
        Assert.Equal("the auxiliary heads are not in the file; only training uses them.", Assert.Single(without.Remarks));
        AssertSame(source, without, name == "googlenet" ? 64 : 0, k => !k.StartsWith(start, StringComparison.Ordinal));
        using LoadedModel few = ModelZoo.Create(name, 4);
        few.LoadWeights("rule:b");
        using LoadedModel target = ModelZoo.Create(name, Save(few, k => k));
        Assert.Equal(4, target.ClassNames.Count);
        AssertSame(few, target, 0);
    }

    [Fact]
    public void A_head_of_several_layers_is_said()
    {
        using LoadedModel source = ModelZoo.Create("shufflenet_v2_x0_5", "rule:a");
        string path = Save(source, k => k == "fc.weight" ? "fc.0.weight" : k == "fc.bias" ? "fc.0.bias" : k, ("fc.3.weight", [2, 1000]), ("fc.3.bias", [2]));
        using LoadedModel target = ModelZoo.Create("shufflenet_v2_x0_5");
        string message = Assert.Throws<WeightMismatchException>(() => target.LoadWeights(path)).Message;
        Assert.Contains("All but the head fit, and the file's is another: fc.0.weight [1000,1024], fc.3.weight [2,1000]", message);
        Assert.Contains("ONNX", message);
    }

    [Fact]
    public void Names_and_weights_have_to_agree()
    {
        using LoadedModel source = ModelZoo.Create("cifar10_resnet20", 3);
        source.LoadWeights("rule:a");
        string path = Save(source, k => k);
        using LoadedModel named = ModelZoo.Create("cifar10_resnet20", new ClassNames("mine", ["ant", "bee", "wasp"]));
        named.LoadWeights(path);
        Assert.Equal(1, named.ClassNames.Resolve("bee"));
        using LoadedModel wrong = ModelZoo.Create("cifar10_resnet20", new ClassNames("mine", ["ant", "bee"]));
        Assert.Contains("have 3 classes, 2 names were given", Assert.Throws<WeightFileException>(() => wrong.LoadWeights(path)).Message);
        Assert.Contains("has 3 classes, and 2 names were given", Assert.Throws<ArgumentException>(() => named.NameClasses(new ClassNames("mine", ["a", "b"]))).Message);
        Assert.Throws<ArgumentException>(() => ModelZoo.Create("resnet18", 0));
        using LoadedModel opened = ModelZoo.Create("cifar10_resnet20");
        opened.OpenWeights(path);
        Assert.Equal(3, opened.ClassNames.Count);
        opened.LoadWeights(path);
        AssertSame(source, opened, 32);
    }

    private string Save(LoadedModel model, Func<string, string?> rename, params (string Key, int[] Shape)[] more)
    {
        string path = Path.Combine(_files.Folder, $"{Guid.NewGuid()}.safetensors");
        SafeTensorsWriter.Write(path, [
            .. model.Module.state_dict().Where(s => s.Value.dtype == ScalarType.Float32 && rename(s.Key) is not null).Select(s =>
                (rename(s.Key)!, s.Value.shape.Select(d => (int)d).ToArray(), (ReadOnlyMemory<float>)s.Value.data<float>().ToArray())),
            .. more.Select(m => (m.Key, m.Shape, (ReadOnlyMemory<float>)new float[m.Shape.Aggregate(1, (a, b) => a * b)])),
        ]);
        return path;
    }

    /// <summary>The same tensors, and where a side is given the same logits.</summary>
    private static void AssertSame(LoadedModel source, LoadedModel target, int side, Func<string, bool>? which = null)
    {
        Dictionary<string, Tensor> actual = target.Module.state_dict();
        Assert.All(source.Module.state_dict().Where(e => e.Value.dtype == ScalarType.Float32 && which?.Invoke(e.Key) != false), e => Assert.True(e.Value.bytes.SequenceEqual(actual[e.Key].bytes), e.Key));
        if (side > 0)
        {
            using var noGradient = no_grad();
            using Tensor input = linspace(-1, 1, 3 * side * side).reshape(1, 3, side, side);
            using Tensor expected = source.Module.call(input);
            using Tensor logits = target.Module.call(input);
            Assert.Equal(expected.data<float>().ToArray(), logits.data<float>().ToArray());
        }
    }
}

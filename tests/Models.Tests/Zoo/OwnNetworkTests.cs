using CAManim.Native.Models.Weights;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Zoo;

public sealed class OwnNetworkTests
{
    private static readonly string Assembly = typeof(OwnNetworks).Assembly.Location;

    [Theory]
    [InlineData("Seeded", 1, 5)]
    [InlineData("Seeded", 2, 5)]
    [InlineData("Squeezed[5]", 1, 5)]
    [InlineData("Squeezed[5]", 2, 5)]
    [InlineData("Squeezed[1]", 1, 1)]
    [InlineData("Squeezed[1]", 3, 1)]
    [InlineData("Pair", 1, 5)]
    [InlineData("Pair", 2, 5)]
    [InlineData("Mapped", 2, 5)]
    [InlineData("Double", 1, 4)]
    public void Logits_come_out_in_any_form(string network, int images, int classes)
    {
        using LoadedModel model = Create(network);
        using Tensor input = ones(images, 3, 9, 9);
        using Tensor logits = model.Module.call(input);
        Assert.Equal([images, classes], logits.shape);
        Assert.Equal(ScalarType.Float32, logits.dtype);
        if (network is "Pair" or "Mapped")
        {
            using LoadedModel seeded = Create("Seeded");
            using Tensor expected = seeded.Module.call(input);
            Assert.Equal(expected.data<float>().ToArray(), logits.data<float>().ToArray());
        }
    }

    [Fact]
    public void Tensors_and_modules_keep_their_names()
    {
        using LoadedModel model = Create("Seeded");
        Assert.Equal(["conv.weight", "conv.bias", "fc.weight", "fc.bias"], model.Module.state_dict().Keys);
        Assert.Equal(["conv", "fc"], model.Module.named_modules().Select(m => m.name));
        Assert.Equal("Seeded", model.Name);
        model.LoadWeights("rule:a");
        float[] expected = new float[20];
        RuleWeights.FillUniform(expected, "a:fc.weight");
        Assert.Equal(expected.Select(u => ((2 * u) - 1) * (float)Math.Sqrt(3.0 / 4)), model.Module.state_dict()["fc.weight"].data<float>().ToArray());
        Assert.True(model.HasMadeUpWeights);
    }

    [Fact]
    public void Channels_and_preprocessing_are_the_network_s()
    {
        using LoadedModel colour = Create("Seeded");
        Assert.Equal((3, 224, 3), (colour.InputChannels, colour.InputSize, colour.Mean.Count));
        using LoadedModel grey = Create("Grey");
        Assert.Equal(1, grey.InputChannels);
        Assert.Equal([0.5f], grey.Mean);
        Assert.Equal([0.5f], grey.StandardDeviation);
        using LoadedModel declaring = Create("Declaring");
        Assert.Equal((1, 64), (declaring.InputChannels, declaring.InputSize));
        Assert.Equal([0.25f], declaring.Mean);
        Assert.Equal([0.125f], declaring.StandardDeviation);
        Assert.Equal(1, declaring.ClassNames.Resolve("malignant"));
    }

    [Fact]
    public void Weights_that_a_constructor_seeds_are_its_own_and_random_ones_are_not()
    {
        using LoadedModel seeded = Create("Seeded");
        seeded.LoadWeights("default");
        using LoadedModel random = Create("Unseeded");
        string message = Assert.Throws<WeightFileException>(() => random.LoadWeights("default")).Message;
        Assert.Contains("brings no weights: made twice, its 'conv.weight' differs", message);
        Assert.Contains("rule:SALT", message);
        random.LoadWeights("rule:a");
    }

    [Theory]
    [InlineData("Null", "returned null; expected are logits [N,K]")]
    [InlineData("Throwing", "KeyNotFoundException: no such thing")]
    public void A_forward_that_fails_is_named(string network, string expected)
    {
        using LoadedModel model = Create(network);
        using Tensor input = ones(1, 3, 9, 9);
        Assert.Contains(expected, Assert.Throws<NetworkException>(() => model.Module.call(input)).Message);
    }

    [Theory]
    [InlineData("Generic`1", "is generic")]
    [InlineData("ByReference", "takes no arguments")]
    [InlineData("ByReference[1]", "takes [1]")]
    [InlineData("Pointer[1]", "takes [1]")]
    [InlineData("Circular", "contains itself: 'inner.0'")]
    [InlineData("Base`1", "no Module<Tensor, Tensor>")]
    public void What_cannot_be_made_is_a_clear_error(string network, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => Create(network)).Message);

    private static LoadedModel Create(string network) => ModelZoo.Create($"{Assembly}:{typeof(OwnNetworks).FullName}+{network}");
}

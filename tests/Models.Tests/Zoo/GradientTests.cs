using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Zoo;

/// <summary>A gradient passes through every family from the logits to the input; the frozen weights get none.</summary>
[Collection(nameof(Alone))]
public sealed class GradientTests
{
    [Theory]
    [InlineData("squeezenet1_1", 64)]
    [InlineData("mobilenet_v2", 64)]
    [InlineData("shufflenet_v2_x0_5", 64)]
    [InlineData("efficientnet_b0", 64)]
    [InlineData("regnet_y_400mf", 64)]
    [InlineData("resnet18", 64)]
    public void It_is_the_slope_of_the_score(string name, int size) => Check(name, size);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("mobilenet_v3_small", 64)]
    [InlineData("densenet121", 64)]
    [InlineData("googlenet", 64)]
    [InlineData("inception_v3", 96)]
    [InlineData("mnasnet0_5", 64)]
    [InlineData("convnext_tiny", 64)]
    [InlineData("swin_t", 64)]
    [InlineData("swin_v2_t", 64)]
    [InlineData("vit_b_32", 224)]
    [InlineData("maxvit_t", 224)]
    public void It_is_the_slope_of_the_score_in_other_families(string name, int size) => Check(name, size);

    private static void Check(string name, int size)
    {
        using LoadedModel model = ModelZoo.Create(name, "rule:camanim");
        using DisposeScope scope = NewDisposeScope();
        manual_seed(7);
        nn.Module<Tensor, Tensor> network = (nn.Module<Tensor, Tensor>)model.Module.to(ScalarType.Float64);
        Tensor input = rand([1, 3, size, size], ScalarType.Float64).requires_grad_();
        Tensor logits = network.call(input);
        long top = logits.argmax().item<long>();
        logits[0, top].backward();
        Tensor gradient = input.grad!;
        double norm = gradient.norm().item<double>();
        Assert.True(norm > 0 && double.IsFinite(norm), $"|g| = {norm}");
        Assert.All(network.parameters(), p => Assert.Null(p.grad));

        // Along the gradient the score rises by step |g|² to first order; float64 leaves room for a small step.
        using var noGradient = no_grad();
        double step = 1e-5 * input.norm().item<double>() / norm;
        double up = network.call(input + (gradient * step))[0, top].item<double>();
        double down = network.call(input - (gradient * step))[0, top].item<double>();
        double slope = (up - down) / (2 * step * norm * norm);
        Assert.True(Math.Abs(slope - 1) < 1e-2, $"slope {slope} of the gradient's length, expected 1");
    }
}

using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Engine.Tests.Networks;
using CAManim.Native.Kernels.Resize;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

public sealed class FullGradTests
{
    private const double Absolute = 1e-5;
    private const double Relative = 1e-4;

    [Theory]
    [InlineData(Compatibility.Paper)]
    [InlineData(Compatibility.Reference)]
    public void EveryTermEqualsItsFormula(Compatibility compatibility)
    {
        using DisposeScope scope = NewDisposeScope();
        CamOptions options = new() { Method = CamMethod.FullGrad, Target = Target.Class(1), Compatibility = compatibility };
        CamResult result = new CamEngine(Network()).Run(TestNets.Input(), options);
        Assert.Equal(["(input)", "conv1", "bn1", "conv2", ""], result.Frames.Select(f => f.Name));
        Assert.Contains(result.Layers, l => l.Name == "relu1" && l.SkipReason!.Contains("with a bias", StringComparison.Ordinal));

        Tensor[] terms = Terms(1, out _);
        float[] sum = new float[81];
        for (int i = 0; i < terms.Length; i++)
        {
            Tensor magnitude = terms[i].abs();
            long[] over = compatibility == Compatibility.Paper ? [1, 2, 3] : [2, 3];
            Tensor low = magnitude.amin(over, keepdim: true);
            Tensor scaled = (magnitude - low) / (magnitude.amax(over, keepdim: true) - low + (compatibility == Compatibility.Paper ? 1e-6 : 1e-7));
            float[] expected = SlowGradients.Floats(scaled.sum(1));
            Numbers.AssertClose(result.Frames[i].SignedMap.Span, expected, Absolute, Relative, result.Frames[i].Name);
            float[] resized = new float[81];
            BilinearResize.Resize(expected, result.Frames[i].Height, result.Frames[i].Width, resized, 9, 9);
            sum = [.. sum.Zip(resized, (a, b) => a + b)];
        }

        Assert.Equal((9, 9), (result.Frames[^1].Height, result.Frames[^1].Width));
        Numbers.AssertClose(result.Frames[^1].SignedMap.Span, sum, Absolute, Relative, "the whole");
    }

    // What makes the decomposition full: all terms, those of the linear layer too, sum up to the logit (the paper's completeness).
    [Fact]
    public void TermsSumUpToTheScore()
    {
        using DisposeScope scope = NewDisposeScope();
        for (int k = 0; k < 4; k++)
        {
            Tensor[] terms = Terms(k, out double rest);
            Assert.Equal(terms.Sum(t => t.sum().item<double>()), rest, 1e-6);
        }
    }

    [Fact]
    public void SelectionsDecideAboutInputAndWhole()
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(Network());
        CamOptions options = new() { Method = CamMethod.FullGrad };
        Assert.Equal(["conv1", "conv2"], Names(options with { Layers = LayerSelection.ModuleClass("Conv2d") }));
        Assert.Equal(["(input)", "conv1", "bn1", "conv2"], Names(options with { Layers = LayerSelection.Leaves }));
        Assert.Equal(["", "(input)", "bn1", "conv1", "conv2"], engine.Run(TestNets.Input(), options with { Order = LayerOrder.Registration }).Frames.Select(f => f.Name).Order(StringComparer.Ordinal));
        IReadOnlyList<CamResult> both = engine.RunMany(TestNets.Input(), [CamMethod.HiResCAM, CamMethod.FullGrad], [Target.Top])[0];
        Assert.Equal(engine.Run(TestNets.Input(), new CamOptions { Method = CamMethod.HiResCAM }).Layers.Select(l => (l.Name, l.SkipReason)), both[0].Layers.Select(l => (l.Name, l.SkipReason)));
        Assert.DoesNotContain(both[0].Layers, l => l.Name == "(input)");

        string[] Names(CamOptions o) => [.. engine.Run(TestNets.Input(), o).Frames.Select(f => f.Name)];
    }

    // x = [1, -2], conv weight 2 and bias 0.5, logit = 3 y_0 - y_1: bias times gradient is [1.5, -0.5], input times gradient [6, 4].
    [Fact]
    public void HandComputed()
    {
        using DisposeScope scope = NewDisposeScope();
        var conv = nn.Conv2d(1, 1, 1);
        var fc = nn.Linear(4, 1, hasBias: false);
        using (no_grad())
        {
            conv.weight.copy_(tensor(2f).reshape(1, 1, 1, 1));
            conv.bias!.copy_(tensor([0.5f]));
            fc.weight.copy_(tensor([3f, -1f, 0f, 0f]).reshape(1, 4));
        }

        Tensor input = tensor([1f, -2f, 0f, 5f]).reshape(1, 1, 2, 2);
        CamEngine engine = new(nn.Sequential(("conv", conv), ("flatten", nn.Flatten()), ("fc", fc)));
        CamResult result = engine.Run(input, new CamOptions { Method = CamMethod.FullGrad });
        Assert.Equal(["(input)", "conv", ""], result.Frames.Select(f => f.Name));
        float[] ofInput = [1, 4f / 6, 0, 0];
        float[] ofBias = [1, 0.5f / 1.5f, 0, 0];
        Numbers.AssertClose(result.Frames[0].SignedMap.Span, ofInput, 2e-6, 0, "input");
        Numbers.AssertClose(result.Frames[1].SignedMap.Span, ofBias, 2e-6, 0, "conv");
        Numbers.AssertClose(result.Frames[2].SignedMap.Span, [.. ofInput.Zip(ofBias, (a, b) => a + b)], 4e-6, 0, "whole");
    }

    /// <summary>Input, conv1, bn1 and conv2: x G or b G, in float64; and what is left of the logit for them.</summary>
    private static Tensor[] Terms(int k, out double rest)
    {
        nn.Module<Tensor, Tensor> network = Network().to(ScalarType.Float64);
        Tensor input = TestNets.Input().to(ScalarType.Float64);
        Dictionary<string, Tensor> own = network.state_dict();
        List<Tensor> terms = [];
        SlowGradients? slow = null;
        foreach (string name in (string[])["conv1", "bn1", "conv2"])
        {
            slow = new SlowGradients(network, input, name, logits => logits[k]);
            Tensor bias = name == "bn1"
                ? own["bn1.bias"] - (own["bn1.running_mean"] * own["bn1.weight"] / (own["bn1.running_var"] + 1e-5).sqrt())
                : own[$"{name}.bias"];
            nn.Module module = network.named_modules().Single(m => m.name == name).module;
            Numbers.AssertClose(new ImplicitBias(module, module.GetType().Name).Values, SlowGradients.Floats(bias), 1e-6, 1e-6, name);
            terms.Add(slow.Gradient * bias.reshape(1, -1, 1, 1));
        }

        rest = slow!.Score.item<double>() - own["fc.bias"][k].item<double>();
        return [slow.Input * autograd.grad([slow.Score], [slow.Input], retain_graph: true)[0], .. terms];
    }

    // Statistics as after training: a fresh normalisation has none to speak of.
    private static nn.Module<Tensor, Tensor> Network()
    {
        nn.Module<Tensor, Tensor> network = TestNets.Chain(inplace: false);
        using IDisposable none = no_grad();
        Dictionary<string, Tensor> own = network.state_dict();
        own["bn1.running_mean"].copy_(randn(6) * 0.3);
        own["bn1.running_var"].copy_(rand(6) + 0.5);
        own["bn1.weight"].copy_(rand(6) + 0.5);
        own["bn1.bias"].copy_(randn(6) * 0.2);
        return network;
    }
}

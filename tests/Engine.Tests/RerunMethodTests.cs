using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Engine.Tests.Networks;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

/// <summary>ShapleyCAM and LeGrad: methods that run the network again, with gradients.</summary>
public sealed class RerunMethodTests
{
    private const double Absolute = 1e-6;
    private const double Relative = 1e-4;

    // A target that bends: with logits alone a network of ReLUs has no second derivative.
    [Theory]
    [InlineData("conv1")]
    [InlineData("bn1")]
    [InlineData("relu2")]
    [InlineData("pool")]
    public void ShapleyCamEqualsTheWholeHessian(string layer)
    {
        using DisposeScope scope = NewDisposeScope();
        CamOptions options = new() { Method = CamMethod.ShapleyCAM, Target = Target.Function(logits => logits.log_softmax(0)[2]) };
        CamResult result = new CamEngine(TestNets.Chain(inplace: false)).Run(TestNets.Input(), options);
        CamResult inPlace = new CamEngine(TestNets.Chain(inplace: true)).Run(TestNets.Input(), options);
        SlowGradients slow = new(TestNets.Chain(inplace: false).to(ScalarType.Float64), TestNets.Input().to(ScalarType.Float64), layer, logits => logits.log_softmax(0)[2]);

        // Row after row of H, times A.
        Tensor flat = slow.Gradient.flatten();
        double[] product = new double[flat.numel()];
        for (int i = 0; i < product.Length; i++)
        {
            using DisposeScope row = NewDisposeScope();
            product[i] = (autograd.grad([flat[i]], [slow.Activation], retain_graph: true)[0] * slow.Activation).sum().item<double>();
        }

        Assert.Contains(product, v => Math.Abs(v) > 1e-4);
        float[] expected = slow.Sum((slow.Gradient - (0.5 * tensor(product).reshape(slow.Gradient.shape))).mean([2, 3], keepdim: true));
        Numbers.AssertClose(result.Frames.Single(f => f.Name == layer).SignedMap.Span, expected, Absolute, Relative, layer);
        Numbers.AssertClose(inPlace.Frames.Single(f => f.Name == layer).SignedMap.Span, expected, Absolute, Relative, $"{layer} in place");
    }

    [Fact]
    public void ShapleyCamIsGradCamWhereNothingBends()
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(TestNets.Chain(inplace: false));
        IReadOnlyList<CamResult> both = engine.RunMany(TestNets.Input(), [CamMethod.GradCAM, CamMethod.ShapleyCAM], [Target.Class(3)])[0];
        Assert.Equal(6, both[0].Frames.Count);
        foreach ((LayerMap grad, LayerMap shapley) in both[0].Frames.Zip(both[1].Frames))
        {
            Numbers.AssertClose(shapley.SignedMap.Span, grad.SignedMap.Span, Absolute, Relative, grad.Name);
        }
    }

    // score = sum W A²: G = 2 W A and H A = 2 W A, so that half of it leaves W A.
    [Fact]
    public void ShapleyCamByHand()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] weights = [0.5f, -1, 0.25f, 2];
        float[] activation = [1, 0, 3, -0.5f];
        CamEngine engine = new(nn.Sequential(("layer", nn.Identity()), ("flatten", nn.Flatten())));
        CamOptions options = new() { Method = CamMethod.ShapleyCAM, Target = Target.Function(a => (tensor(weights) * a * a).sum()) };
        CamResult result = engine.Run(tensor(activation).reshape(1, 1, 2, 2), options);
        float weight = weights.Zip(activation, (w, a) => w * a).Average();
        Numbers.AssertClose(result.Frames.Single(f => f.Name == "layer").SignedMap.Span, [.. activation.Select(a => weight * a)], 1e-6, 1e-6, "layer");
    }

    [Theory]
    [InlineData(Compatibility.Paper)]
    [InlineData(Compatibility.Reference)]
    public void LeGradEqualsTheFormulaBlockByBlock(Compatibility compatibility)
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(TestNets.Seed);
        TinyTransformer network = new();
        CamResult result = new CamEngine(network).Run(TestNets.Input(), new CamOptions { Method = CamMethod.LeGrad, Target = Target.Class(1), Compatibility = compatibility });
        Assert.Equal(["block0", "block1", ""], result.Frames.Select(f => f.Name));
        Assert.Contains(result.Layers, l => l.Name == "patches" && l.SkipReason!.Contains("LeGrad", StringComparison.Ordinal));
        Assert.All(network.named_modules().Select(m => m.module).OfType<IAttentionMaps<Tensor>>(), a => Assert.Null(a.AttentionFilter));

        network.to(ScalarType.Float64);
        Tensor sum = zeros(1, ScalarType.Float64);
        for (int block = 0; block < 2; block++)
        {
            Tensor map = Slow(network, TestNets.Input().to(ScalarType.Float64), block, compatibility);
            sum += nn.functional.interpolate(map.reshape(1, 1, 3, 3), [9, 9], mode: InterpolationMode.Bilinear, align_corners: false);
            Assert.True(map.max().item<double>() > 1e-4);
            Numbers.AssertClose(result.Frames[block].SignedMap.Span, SlowGradients.Floats(map), Absolute, Relative, $"block{block}");
        }

        Numbers.AssertClose(result.Frames[2].SignedMap.Span, SlowGradients.Floats(sum), Absolute, Relative, "the whole");
    }

    [Fact]
    public void NetworksWithoutAttentionSayWhyTheyHaveNoMap()
    {
        using DisposeScope scope = NewDisposeScope();
        CamResult result = new CamEngine(TestNets.Chain(inplace: false)).Run(TestNets.Input(), new CamOptions { Method = CamMethod.LeGrad });
        Assert.Empty(result.Frames);
        Assert.All(result.Layers.Where(l => l.OutputShape is { Count: 4 }), l => Assert.Contains("whole image", l.SkipReason!, StringComparison.Ordinal));
    }

    [Fact]
    public void TransformersOfTheZooShowTheirAttention()
    {
        using LoadedModel network = ModelZoo.Create("vit_b_32");
        network.LoadWeights("rule:camanim");
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(TestNets.Seed);
        Tensor input = randn(1, 3, 224, 224);
        CamEngine engine = new(network.Module);
        CamResult result = engine.Run(input, new CamOptions { Method = CamMethod.LeGrad, Layers = Layers.LayerSelection.Glob("encoder.layers.encoder_layer_1?,") });
        Assert.Equal(["encoder.layers.encoder_layer_10", "encoder.layers.encoder_layer_11"], result.Frames.Select(f => f.Name));
        Assert.All(result.Frames, f => Assert.True(f is { Height: 7, Width: 7, IsConstant: false }));

        using IDisposable none = no_grad();
        float[] plain = SlowGradients.Floats(network.Module.call(input));
        int seen = 0;
        foreach (IAttentionMaps<Tensor> attention in network.Module.named_modules().Select(m => m.module).OfType<IAttentionMaps<Tensor>>())
        {
            attention.AttentionFilter = map =>
            {
                seen++;
                Assert.Equal([1, 12, 50, 50], map.shape);
                Assert.Equal(0, (map.sum(-1) - 1).abs().max().item<float>(), 1e-5f);
                return map;
            };
        }

        Assert.InRange(Numbers.RelativeL2(SlowGradients.Floats(network.Module.call(input)), plain), 0, 1e-5);
        Assert.Equal(12, seen);
    }

    [Theory]
    [InlineData(CamMethod.ShapleyCAM)]
    [InlineData(CamMethod.LeGrad)]
    [InlineData(CamMethod.FullGrad)]
    [InlineData(CamMethod.FinerCAM)]
    public void NoTensorStaysAlive(CamMethod method)
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(new TinyTransformer());
        Tensor input = TestNets.Input();
        CamOptions options = new() { Method = method };
        engine.Run(input, options);
        long before = LiveTensors.Count();
        for (int i = 0; i < 5; i++)
        {
            Assert.NotEmpty(engine.Run(input, options).Frames);
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    /// <summary>relu of the gradient of block l's attention, mean over heads and queries, the patches' keys [9], in float64.</summary>
    private static Tensor Slow(TinyTransformer network, Tensor input, int block, Compatibility compatibility)
    {
        Tensor? map = null;
        Tensor? tokens = null;
        var attention = (IAttentionMaps<Tensor>)network.named_modules().Single(m => m.name == $"block{block}.attention").module;
        attention.AttentionFilter = m => map = m.detach().requires_grad_(true);
        var hook = ((nn.Module<Tensor, Tensor>)network.named_modules().Single(m => m.name == $"block{block}").module).register_forward_hook((_, _, output) => tokens = output.alias());
        network.call(input);
        hook.remove();
        attention.AttentionFilter = null;

        Tensor seen = compatibility == Compatibility.Paper ? tokens!.select(1, 0) : tokens!.mean([1]);
        Dictionary<string, Tensor> own = network.state_dict();
        Tensor normalised = (seen - seen.mean([1], keepdim: true)) / (seen.var([1], false, true) + 1e-5).sqrt();
        Tensor logits = ((normalised * own["norm.weight"]) + own["norm.bias"]).matmul(own["head.weight"].t()) + own["head.bias"];
        return autograd.grad([logits[0, 1]], [map!])[0].relu().mean([0, 1, 2]).narrow(0, 1, 9);
    }
}

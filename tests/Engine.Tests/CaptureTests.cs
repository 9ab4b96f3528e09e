using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Engine.Tests.Networks;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

public sealed class CaptureTests
{
    [Fact]
    public void InPlaceModulesGiveTheMapsOfOutOfPlaceOnes()
    {
        using DisposeScope scope = NewDisposeScope();
        CamResult plain = new CamEngine(TestNets.Chain(inplace: false)).Run(TestNets.Input());
        CamResult inplace = new CamEngine(TestNets.Chain(inplace: true)).Run(TestNets.Input());

        Assert.Equal(["conv1", "bn1", "relu1", "conv2", "relu2", "pool"], plain.Frames.Select(f => f.Name));
        Assert.Equal(plain.Frames.Select(f => f.Name), inplace.Frames.Select(f => f.Name));
        for (int i = 0; i < plain.Frames.Count; i++)
        {
            Assert.Contains(plain.Frames[i].SignedMap.ToArray(), v => v != 0);
            Numbers.AssertClose(inplace.Frames[i].SignedMap.Span, plain.Frames[i].SignedMap.Span, 0, 0, plain.Frames[i].Name);
        }
    }

    [Fact]
    public void TheCallersModeOfAutogradDoesNotMatter()
    {
        using DisposeScope scope = NewDisposeScope();
        var net = TestNets.Chain(inplace: false);
        Tensor input = TestNets.Input();
        CamResult plain = new CamEngine(net).Run(input);
        using IDisposable mode = inference_mode(true);
        CamResult inference = new CamEngine(net).Run(input);
        Assert.True(is_inference_mode_enabled());
        Assert.Equal(inference.Frames.Count + 1, new CamEngine(nn.Sequential(("first", nn.Identity()), ("net", net))).Run(input.clone()).Frames.Count(f => f.Name == "first" || f.Name.StartsWith("net.", StringComparison.Ordinal)));
        Assert.Equal(plain.Frames.Select(f => f.SignedMap.ToArray()), inference.Frames.Select(f => f.SignedMap.ToArray()));
    }

    [Fact]
    public void RepeatedCallsAreNumberedAndSkipsHaveReasons()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(TestNets.Seed);
        CamResult result = new CamEngine(new BranchNet()).Run(TestNets.Input());

        Assert.Equal(["conv", "relu", "second", "relu#1"], result.Frames.Select(f => f.Name));
        Dictionary<string, string?> skipped = result.Layers.Where(l => !l.IsKept).ToDictionary(l => l.Name, l => l.SkipReason);
        Assert.Contains("not on the way to the score", skipped["unused"]);
        Assert.Contains("1x1", skipped["pool"]);
        Assert.Contains("vector", skipped["fc"]);
        Assert.Contains("vector", skipped[""]);
        Assert.Contains("was not called", skipped["forgotten"]);
    }

    [Fact]
    public void RegistrationOrderIsThatOfNamedModules()
    {
        using DisposeScope scope = NewDisposeScope();
        var net = nn.Sequential(("b", nn.Sequential(("x", nn.Conv2d(3, 2, 1)), ("y", nn.ReLU()))), ("a", nn.Conv2d(2, 2, 1)), ("flatten", nn.Flatten()), ("fc", nn.Linear(162, 3)));
        CamOptions options = new() { Order = LayerOrder.Registration };
        Assert.Equal(["b", "b.x", "b.y", "a"], new CamEngine(net).Run(TestNets.Input(), options).Frames.Select(f => f.Name));
        Assert.Equal(["b.x", "b.y", "b", "a"], new CamEngine(net).Run(TestNets.Input()).Frames.Select(f => f.Name));
    }

    [Theory]
    [InlineData("leaves", "b.x b.y a")]
    [InlineData("class:conv2d", "b.x a")]
    [InlineData("b.*", "b.x b.y")]
    [InlineData("a,b", "b a")]
    public void SelectionPicksLayers(string selection, string expected)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(TestNets.Seed);
        var net = nn.Sequential(("b", nn.Sequential(("x", nn.Conv2d(3, 2, 1)), ("y", nn.ReLU()))), ("a", nn.Conv2d(2, 2, 1)), ("flatten", nn.Flatten()), ("fc", nn.Linear(162, 3)));
        CamResult all = new CamEngine(net).Run(TestNets.Input());
        CamResult some = new CamEngine(net).Run(TestNets.Input(), new CamOptions { Layers = LayerSelection.Parse(selection) });

        Assert.Equal(expected.Split(' '), some.Frames.Select(f => f.Name));
        foreach (var frame in some.Frames)
        {
            Numbers.AssertClose(frame.SignedMap.Span, all.Frames.Single(f => f.Name == frame.Name).SignedMap.Span, 0, 0, frame.Name);
        }
    }

    [Fact]
    public void BatchEqualsSingleRuns()
    {
        using DisposeScope scope = NewDisposeScope();
        var net = TestNets.Chain(inplace: false);
        Tensor input = TestNets.Input(images: 3);
        CamEngine engine = new(net);
        IReadOnlyList<CamResult> batch = engine.RunBatch(input, new CamOptions(), [Target.Class(2), Target.Top, Target.Class(0)]);
        for (int n = 0; n < 3; n++)
        {
            CamResult single = engine.Run(input[n].unsqueeze(0), new CamOptions { Target = Target.Class(batch[n].ClassIndex) });
            foreach ((var a, var b) in batch[n].Frames.Zip(single.Frames))
            {
                // Other batch sizes may run other convolution kernels.
                Numbers.AssertClose(a.SignedMap.Span, b.SignedMap.Span, 1e-6, 1e-4, $"image {n} {a.Name}");
            }
        }
    }

    [Fact]
    public void ModelIsLeftAsFound()
    {
        using DisposeScope scope = NewDisposeScope();
        var net = TestNets.Chain(inplace: false);
        net.train();
        ((torch.nn.Module)net.named_children().First(c => c.name == "bn1").module).eval();
        var conv = net.parameters().First();
        conv.requires_grad = false;
        bool[] training = [.. net.children().Select(m => m.training)];
        bool[] gradients = [.. net.parameters().Select(p => p.requires_grad)];
        float[] before = Values(net);

        new CamEngine(net).Run(TestNets.Input());

        Assert.Equal(training, net.children().Select(m => m.training));
        Assert.True(net.training);
        Assert.Equal(gradients, net.parameters().Select(p => p.requires_grad));
        Assert.All(net.parameters(), p => Assert.True(p.grad is null));
        Assert.Equal(before, Values(net));

        static float[] Values(nn.Module<Tensor, Tensor> net)
        {
            using IDisposable none = no_grad();
            return net.call(TestNets.Input()).data<float>().ToArray();
        }
    }

    [Fact]
    public void InputIsLeftAsFound()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = TestNets.Input();
        float[] before = input.data<float>().ToArray();
        new CamEngine(TestNets.Chain(inplace: true)).Run(input);
        Assert.Equal(before, input.data<float>().ToArray());
        Assert.False(input.requires_grad);
    }

    /// <summary>Each map frees what its layer kept; nothing that the backward pass hands over stays until its end.</summary>
    [Fact]
    public void ActivationsAndGradientsAreLetGoOneByOne()
    {
        using DisposeScope scope = NewDisposeScope();
        using LoadedModel network = ModelZoo.Create("resnet18", "rule:camanim");
        Tensor input = randn(1, 3, 64, 64);
        CamEngine engine = new(network.Module);
        engine.Run(input);
        long before = Tensor.TotalCount;
        List<long> alive = [];
        engine.Run(input, progress: new Immediate(_ => alive.Add(Tensor.TotalCount - before)));

        // The handle of the activation and that of the tapped output; a few stay for the maps that containers share.
        Assert.InRange(alive[^1], long.MinValue, 16);
        Assert.True(alive[0] - alive[^1] >= 2 * (alive.Count - 1), $"{alive[0]} live tensors at the first of {alive.Count} maps, {alive[^1]} at the last");
    }

    [Fact]
    public void NoTensorStaysAlive()
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(TestNets.Chain(inplace: false));
        Tensor input = TestNets.Input();
        engine.Run(input);
        long before = LiveTensors.Count();
        for (int i = 0; i < 20; i++)
        {
            engine.Run(input);
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void CancellationDuringForwardAndBackward()
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(TestNets.Chain(inplace: false));
        using CancellationTokenSource early = new();
        early.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => engine.Run(TestNets.Input(), cancellation: early.Token));

        using CancellationTokenSource late = new();
        Assert.ThrowsAny<OperationCanceledException>(() => engine.Run(TestNets.Input(), progress: new Immediate(p => late.Cancel()), cancellation: late.Token));

        Assert.Equal(6, engine.Run(TestNets.Input()).Frames.Count);
    }

    [Fact]
    public void ProgressCountsEveryMap()
    {
        using DisposeScope scope = NewDisposeScope();
        List<CamProgress> seen = [];
        new CamEngine(TestNets.Chain(inplace: false)).Run(TestNets.Input(), progress: new Immediate(seen.Add));
        Assert.Equal([1, 2, 3, 4, 5, 6], seen.Select(p => p.Done));
        Assert.All(seen, p => Assert.Equal(6, p.Total));
    }

    [Fact]
    public void RandomCamDependsOnSeedAndLayerOnly()
    {
        using DisposeScope scope = NewDisposeScope();
        var net = TestNets.Chain(inplace: false);
        CamOptions options = new() { Method = CamMethod.RandomCAM, Seed = 7 };
        CamResult one = new CamEngine(net).Run(TestNets.Input(), options);
        CamResult two = new CamEngine(net).Run(TestNets.Input(), options with { Layers = LayerSelection.Parse("relu2") });
        CamResult other = new CamEngine(net).Run(TestNets.Input(), options with { Seed = 8 });

        Assert.Equal(one.Frames.Single(f => f.Name == "relu2").SignedMap.ToArray(), two.Frames.Single().SignedMap.ToArray());
        Assert.NotEqual(one.Frames[0].SignedMap.ToArray(), other.Frames[0].SignedMap.ToArray());
    }

    [Fact]
    public void WrongShapesAndTargetsAreNamed()
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(TestNets.Chain(inplace: false));
        Assert.Contains("[3,9,9]", Assert.Throws<CamException>(() => engine.Run(zeros(3, 9, 9))).Message);
        Assert.Contains("0 to 3", Assert.Throws<CamException>(() => engine.Run(TestNets.Input(), new CamOptions { Target = Target.Class(4) })).Message);
        Assert.Contains("logits", Assert.Throws<CamException>(() => new CamEngine(nn.Sequential(("conv", nn.Conv2d(3, 2, 1)))).Run(TestNets.Input())).Message);
    }

    private sealed class Immediate(Action<CamProgress> action) : IProgress<CamProgress>
    {
        public void Report(CamProgress value) => action(value);
    }
}

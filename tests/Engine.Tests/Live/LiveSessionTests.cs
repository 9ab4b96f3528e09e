using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Live;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Engine.Tests.Networks;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Live;

public sealed class LiveSessionTests
{
    [Theory]
    [InlineData("demo_scenes", 128, "GradCAM")]
    [InlineData("demo_scenes", 128, "GradCAM++")]
    [InlineData("demo_scenes", 128, "RandomCAM")]
    [InlineData("demo_scenes", 128, "EigenCAM")]
    [InlineData("resnet18", 64, "LayerCAM")]
    [InlineData("densenet121", 64, "HiResCAM")]
    [InlineData("vit_b_32", 224, "XGradCAM")]
    public void EqualsTheEngineBitForBit(string name, int size, string method)
    {
        using LoadedModel network = ModelZoo.Create(name);
        network.LoadWeights(name.StartsWith("demo", StringComparison.Ordinal) ? "default" : "rule:camanim");
        Assert.True(CamMethods.TryParse(method, out CamMethod parsed));
        AssertEqual(network.Module, size, new CamOptions { Method = parsed, Seed = 5 });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void InPlaceNetworksToo(bool inplace)
    {
        using var net = TestNets.Chain(inplace);
        AssertEqual(net, 9, new CamOptions());
    }

    [Theory]
    [InlineData(LayerOrder.Execution)]
    [InlineData(LayerOrder.Registration)]
    public void SkippedAndRepeatedCallsAreReportedAsByTheEngine(LayerOrder order)
    {
        using DisposeScope scope = NewDisposeScope();
        BranchNet net = new();
        using LiveSession session = new(net, 3, 9, 9, new CamOptions { Order = order });
        Tensor input = TestNets.Input();
        CamResult expected = new CamEngine(net).Run(input, session.Options);
        session.Process(input.data<float>().ToArray());
        CamResult actual = session.Process(input.data<float>().ToArray()).ToResult();
        Assert.Equal(expected.Frames.Select(f => f.Name), actual.Frames.Select(f => f.Name));
        Assert.Equal(expected.Layers.Select(l => (l.Name, l.SkipReason)), actual.Layers.Select(l => (l.Name, l.SkipReason)));
    }

    [Fact]
    public void OptionsChangeBetweenFrames()
    {
        using DisposeScope scope = NewDisposeScope();
        var net = TestNets.Chain(inplace: false);
        Tensor input = TestNets.Input();
        float[] values = input.data<float>().ToArray();
        using LiveSession session = new(net, 3, 9, 9);
        session.Process(values);
        foreach (CamOptions options in (CamOptions[])
        [
            new() { Method = CamMethod.LayerCAM },
            new() { Method = CamMethod.LayerCAM, Target = Target.Contrast(2, 1) },
            new() { Layers = LayerSelection.Parse("class:conv2d"), Target = Target.TopK(2) },
            new() { Layers = LayerSelection.Parse("relu2"), Target = Target.Function(logits => logits.sum()) },
        ])
        {
            session.Options = options;
            AssertEqual(new CamEngine(net).Run(input, options), session.Process(values).ToResult());
        }

        Assert.Equal(5, session.Process(values).Number - 1);
    }

    [Fact]
    public void TheNetworkIsLeftAsFoundAndUsableMeanwhile()
    {
        using DisposeScope scope = NewDisposeScope();
        var net = TestNets.Chain(inplace: false);
        net.train();
        Tensor input = TestNets.Input();
        float[] values = input.data<float>().ToArray();
        CamResult before = new CamEngine(net).Run(input);
        using (LiveSession session = new(net, 3, 9, 9))
        {
            session.Process(values);
            AssertEqual(before, new CamEngine(net).Run(input));
            AssertEqual(before, session.Process(values).ToResult());
        }

        Assert.True(net.training);
        Assert.All(net.parameters(), p => Assert.True(p.requires_grad && p.grad is null));
        AssertEqual(before, new CamEngine(net).Run(input));
    }

    [Fact]
    public void AFrameFollowsItsInput()
    {
        using DisposeScope scope = NewDisposeScope();
        var net = TestNets.Chain(inplace: false);
        using LiveSession session = new(net, 3, 9, 9);
        for (int seed = 0; seed < 4; seed++)
        {
            manual_seed(seed);
            Tensor input = randn(1, 3, 9, 9);
            LiveFrame frame = session.Process(input.data<float>().ToArray());
            AssertEqual(new CamEngine(net).Run(input), frame.ToResult());
            Assert.True(frame.Times.Received <= frame.Times.Started && frame.Times.Started <= frame.Times.Predicted && frame.Times.Predicted <= frame.Times.Finished);
        }
    }

    [Fact]
    public void ErrorsAreNamedAndTheSessionGoesOn()
    {
        using DisposeScope scope = NewDisposeScope();
        var net = TestNets.Chain(inplace: false);
        float[] values = TestNets.Input().data<float>().ToArray();
        Assert.Contains("live", Assert.Throws<CamException>(() => new LiveSession(net, 3, 9, 9, new CamOptions { Method = CamMethod.ScoreCAM })).Message);
        using LiveSession session = new(net, 3, 9, 9, new CamOptions { Target = Target.Class(4) });
        Assert.Contains("0 to 3", Assert.Throws<CamException>(() => session.Process(values)).Message);
        Assert.Contains("243", Assert.Throws<ArgumentException>(() => session.Process(new float[3])).Message);
        session.Options = new CamOptions();
        Assert.Equal(6, session.Process(values).Maps.Count);
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Process(values));
    }

    private static void AssertEqual(nn.Module<Tensor, Tensor> net, int size, CamOptions options)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = TestNets.Input(size: size);
        CamResult expected = new CamEngine(net).Run(input, options);
        using LiveSession session = new(net, 3, size, size, options);
        for (int frame = 1; frame <= 3; frame++)
        {
            AssertEqual(expected, session.Process(input.data<float>().ToArray()).ToResult());
        }
    }

    private static void AssertEqual(CamResult expected, CamResult actual)
    {
        Assert.NotEmpty(actual.Frames);
        Assert.Equal(expected.Frames.Select(f => (f.Name, f.ModuleClass, f.Channels, f.Height, f.Width)), actual.Frames.Select(f => (f.Name, f.ModuleClass, f.Channels, f.Height, f.Width)));
        foreach ((var e, var a) in expected.Frames.Zip(actual.Frames))
        {
            Assert.True(e.SignedMap.Span.SequenceEqual(a.SignedMap.Span), e.Name);
            Assert.True(e.Map.Span.SequenceEqual(a.Map.Span), e.Name);
            Assert.Equal((e.Minimum, e.Maximum), (a.Minimum, a.Maximum));
        }

        Assert.Equal((expected.ClassIndex, expected.Probability, expected.GlobalMinimum, expected.GlobalMaximum), (actual.ClassIndex, actual.Probability, actual.GlobalMinimum, actual.GlobalMaximum));
        Assert.True(expected.Logits.Span.SequenceEqual(actual.Logits.Span));
    }
}

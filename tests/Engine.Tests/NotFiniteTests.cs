using CAManim.Native.Engine.Live;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Engine.Tests.Networks;
using CAManim.Native.Kernels.Outputs;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

/// <summary>Outputs that are not numbers end a run; maps that show nothing are said to.</summary>
public sealed class NotFiniteTests
{
    [Fact]
    public void TheFirstLayerAndItsParameterAreNamed()
    {
        using DisposeScope scope = NewDisposeScope();
        nn.Module<Tensor, Tensor> net = TestNets.Chain(inplace: false);
        using (no_grad())
        {
            net.get_parameter("conv2.weight")![1, 2, 0, 0] = float.NaN;
        }

        NotFiniteException error = Assert.Throws<NotFiniteException>(() => new CamEngine(net).Run(TestNets.Input()));
        Assert.Equal("conv2", error.Layer);
        Assert.Contains("4 of 4 outputs are NaN or infinite, output 0 the first (NaN)", error.Message);
        Assert.Contains("'conv2' (Conv2d), whose 'weight' holds 1 values of 270", error.Message);
        Assert.Equal("conv2", Assert.Throws<NotFiniteException>(() => new CamEngine(net).Predict(TestNets.Input())).Layer);
        using LiveSession session = new(net, 3, 9, 9);
        float[] picture = [.. TestNets.Input().data<float>()];
        Assert.Equal("conv2", Assert.Throws<NotFiniteException>(() => session.Process(picture)).Layer);
    }

    [Fact]
    public void OverflowIsFoundWhereItBegins()
    {
        using DisposeScope scope = NewDisposeScope();
        nn.Module<Tensor, Tensor> net = TestNets.Chain(inplace: true);
        NotFiniteException error = Assert.Throws<NotFiniteException>(() => new CamEngine(net).Run(full([1, 3, 9, 9], 3e38f)));
        Assert.Equal("conv1", error.Layer);
        Assert.DoesNotContain(", whose", error.Message);
        NotFiniteException input = Assert.Throws<NotFiniteException>(() => new CamEngine(net).Run(full([1, 3, 9, 9], float.NaN)));
        Assert.Null(input.Layer);
        Assert.Contains("The input holds NaN", input.Message);
    }

    [Fact]
    public void ScoresOfTheUsersOwnAreLookedAtToo()
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(TestNets.Chain(inplace: false));
        NotFiniteException error = Assert.Throws<NotFiniteException>(() => engine.Run(TestNets.Input(), new CamOptions { Target = Target.Function(logits => logits[0].mul(0).log()) }));
        Assert.Contains("The score of the target is -", error.Message);
        Assert.Contains("in a function between them", error.Message);
    }

    [Fact]
    public void ClassesThatAreLeftOutByMinusInfinityMayBe()
    {
        using DisposeScope scope = NewDisposeScope();
        HeadNet net = new(3, null, y => y + tensor([0f, float.NegativeInfinity, 0f]));
        CamResult result = new CamEngine(net).Run(TestNets.Input());
        Assert.NotEqual(1, result.ClassIndex);
        Assert.InRange(result.Probability, 0.3f, 1f);
        Assert.Throws<NotFiniteException>(() => new CamEngine(net).Run(TestNets.Input(), new CamOptions { Target = Target.Class(1) }));
    }

    [Fact]
    public void AnErrorLeavesTheNetworkAsItWas()
    {
        using DisposeScope scope = NewDisposeScope();
        HeadNet net = new(2);
        net.train();
        Assert.Throws<NotFiniteException>(() => new CamEngine(net).Run(full([1, 3, 9, 9], float.NaN)));
        Assert.True(net.training);
        Assert.Equal(2, new CamEngine(net).Run(TestNets.Input()).Logits.Length);
    }

    [Fact]
    public void MapsThatAreAllZeroSayWhy()
    {
        using DisposeScope scope = NewDisposeScope();
        nn.Module<Tensor, Tensor> net = TestNets.Chain(inplace: false);
        using (no_grad())
        {
            // Nothing passes the last ReLU.
            net.get_parameter("conv2.bias")!.fill_(-1e3f);
        }

        string dead = Assert.Single(new CamEngine(net).Run(TestNets.Input()).Warnings);
        Assert.Contains("no gradient of the target arrives", dead);
        Assert.Contains("lets nothing through", dead);

        HeadNet saturated = new(2, null, y => y.mul(1e6).softmax(1));
        CamResult result = new CamEngine(saturated).Run(TestNets.Input());
        Assert.Equal(ScoreActivation.None, result.Activation);
        Assert.Contains("a probability at its limit", Assert.Single(result.Warnings));
        Assert.Empty(new CamEngine(TestNets.Chain(inplace: false)).Run(TestNets.Input()).Warnings);
    }

    [Fact]
    public void MapsThatAreNegativeAllOverSayWhatToAsk()
    {
        using DisposeScope scope = NewDisposeScope();
        CamResult result = new CamEngine(TestNets.Chain(inplace: false)).Run(TestNets.Input(), new CamOptions { Method = CamMethod.HiResCAM });
        CamResult negative = result with { Frames = [.. result.Frames.Select(f => f with { SignedMap = f.SignedMap.ToArray().Select(v => -MathF.Abs(v)).ToArray(), Minimum = 0, Maximum = 0 })] };
        Assert.Contains("speaks against the target", Assert.Single(negative.Warnings));
    }

    [Fact]
    public void AClassThatTheNetworkDoesNotSeeIsSaid()
    {
        using DisposeScope scope = NewDisposeScope();
        HeadNet net = new(3, null, y => y + tensor([0f, 8f, 0f]));
        CamResult result = new CamEngine(net).Run(TestNets.Input(), new CamOptions { Target = Target.Class(2) });
        string[] names = ["cat", "bird", "dog"];
        Assert.Matches("^The network says bird 99\\.\\d %; dog is 0\\.0 %", Assert.Single(ResultWarnings.Of(result, i => names[i])));
        Assert.Empty(ResultWarnings.Of(result, i => names[i], isCounterfactual: true));
        Assert.Empty(new CamEngine(net).Run(TestNets.Input()).Warnings);

        CamResult one = new CamEngine(new HeadNet(1, null, y => y - 9)).Run(TestNets.Input());
        Assert.Contains("not:0 explains", Assert.Single(one.Warnings));
    }
}

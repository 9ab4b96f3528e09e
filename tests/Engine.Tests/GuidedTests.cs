using CAManim.Native.Engine.Guided;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Engine.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

/// <summary>Guided backpropagation by its formula, layer by layer.</summary>
public sealed class GuidedTests
{
    private static nn.Module<Tensor, Tensor> Net(bool inplace, Func<nn.Module<Tensor, Tensor>>? rectifier = null)
    {
        random.manual_seed(TestNets.Seed);
        return nn.Sequential(
            ("conv1", nn.Conv2d(3, 6, 3, padding: 1)),
            ("relu1", rectifier?.Invoke() ?? nn.ReLU(inplace)),
            ("conv2", nn.Conv2d(6, 5, 3, padding: 1)),
            ("relu2", rectifier?.Invoke() ?? nn.ReLU(inplace)),
            ("pool", nn.AdaptiveAvgPool2d(1)),
            ("flatten", nn.Flatten()),
            ("fc", nn.Linear(5, 4)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GradientsAreGatedTwice(bool inplace)
    {
        using DisposeScope scope = NewDisposeScope();
        nn.Module<Tensor, Tensor> net = Net(inplace);
        GuidedGradients actual = GuidedBackpropagation.Compute(net, TestNets.Input(), Target.Class(2));

        using IDisposable none = no_grad();
        Tensor w1 = net.get_parameter("conv1.weight")!, w2 = net.get_parameter("conv2.weight")!, w3 = net.get_parameter("fc.weight")!;
        Tensor y1 = nn.functional.conv2d(TestNets.Input(), w1, net.get_parameter("conv1.bias"), padding: [1, 1]);
        Tensor y2 = nn.functional.conv2d(y1.relu(), w2, net.get_parameter("conv2.bias"), padding: [1, 1]);
        Tensor g2 = w3[2].reshape(1, 5, 1, 1).expand_as(y2).div(81).relu().mul(y2.gt(0));
        Tensor g1 = nn.functional.conv_transpose2d(g2, w2, padding: [1, 1]).relu().mul(y1.gt(0));
        Tensor expected = nn.functional.conv_transpose2d(g1, w1, padding: [1, 1]);
        Numbers.AssertClose(actual.Gradient.Span, [.. expected.contiguous().data<float>()], 1e-7, 1e-5, "guided");
        Assert.Equal((2, 2, 3, 9, 9), (actual.ClassIndex, actual.Rectifiers, actual.Channels, actual.Height, actual.Width));
        Assert.Contains(actual.Gradient.ToArray(), v => v != 0);
    }

    [Fact]
    public void TheMapIsTheSumOfTheChannelsUpToThe99thPercentile()
    {
        float[] gradient = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? -i : i)];
        var map = new GuidedGradients(gradient, 2, 10, 10, 0, 1).ToMap("x");
        float[] sums = [.. Enumerable.Range(0, 100).Select(i => i + (i + 100f))];
        Assert.Equal(sums.Select(s => Math.Min(s, sums[98])), map.Map.ToArray());
        Assert.Equal((sums[0], sums[98]), (map.Minimum, map.Maximum));
    }

    [Fact]
    public void NetworksWithoutReluAreRefusedByName()
    {
        using DisposeScope scope = NewDisposeScope();
        CamException error = Assert.Throws<CamException>(() => GuidedBackpropagation.Compute(Net(false, () => nn.SiLU()), TestNets.Input()));
        Assert.Contains("2 SiLU", error.Message);
    }

    [Fact]
    public void TheNetworkIsLeftAsItWas()
    {
        using DisposeScope scope = NewDisposeScope();
        nn.Module<Tensor, Tensor> net = Net(true);
        net.train();
        float[] before = [.. new CamEngine(net).Run(TestNets.Input()).Frames[0].SignedMap.ToArray()];
        GuidedBackpropagation.Compute(net, TestNets.Input());
        Assert.True(net.training);
        Assert.Equal(before, new CamEngine(net).Run(TestNets.Input()).Frames[0].SignedMap.ToArray());
    }
}

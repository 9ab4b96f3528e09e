using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Engine.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

/// <summary>Networks that return maps of classes, tuples or dictionaries.</summary>
public sealed class OutputTests
{
    [Fact]
    public void ASegmentationTargetIsTheSumOfAClassOverARegion()
    {
        // score = sum over the region of head_2(relu(trunk(x))): the gradient of the ReLU's output there is the head's weight, elsewhere 0.
        using DisposeScope scope = NewDisposeScope();
        TwoHeadNet net = new();
        Tensor region = zeros(9, 9);
        region[TensorIndex.Slice(2, 5), TensorIndex.Slice(3, 8)] = 1;
        CamEngine engine = CamEngine.For(net, output => output.Mask);
        CamResult result = engine.Run(TestNets.Input(), new CamOptions { Method = CamMethod.HiResCAM, Target = Target.Function(scores => scores[2].mul(region).sum()) });
        Assert.Equal((-1, true), (result.ClassIndex, float.IsNaN(result.Probability)));
        Assert.Equal(["trunk", "relu", "mask", ""], result.Frames.Select(f => f.Name));

        Tensor activation = nn.functional.relu(net.get_parameter("trunk.weight") is { } w ? nn.functional.conv2d(TestNets.Input(), w, net.get_parameter("trunk.bias"), padding: [1, 1]) : null!);
        Tensor expected = activation[0].mul(net.get_parameter("mask.weight")![2]).sum([0L]).mul(region);
        Numbers.AssertClose(result.Frames.Single(f => f.Name == "relu").SignedMap.Span, [.. expected.data<float>()], 1e-5, 1e-5, "relu");
    }

    [Fact]
    public void TuplesAndDictionariesGiveTheMapsOfThePickedOutput()
    {
        using DisposeScope scope = NewDisposeScope();
        TwoHeadNet net = new();
        DictionaryNet named = new(net);
        Tensor input = TestNets.Input();
        CamOptions options = new() { Target = Target.Class(3) };
        CamResult tuple = CamEngine.For(net, output => output.Logits).Run(input, options);
        CamResult dictionary = CamEngine.For(named, output => output["logits"]).Run(input, options);
        Assert.Equal(3, tuple.ClassIndex);
        Assert.InRange(tuple.Probability, 0.001f, 0.999f);
        Assert.Equal(["trunk", "relu"], tuple.Frames.Select(f => f.Name));
        Assert.Equal(["net.trunk", "net.relu"], dictionary.Frames.Select(f => f.Name));
        Assert.All(tuple.Frames.Zip(dictionary.Frames), p => Assert.Equal(p.First.SignedMap.ToArray(), p.Second.SignedMap.ToArray()));
        LayerReport mask = tuple.Layers.Single(l => l.Name == "mask");
        Assert.Contains("not on the way to the score", mask.SkipReason);
    }

    [Theory]
    [InlineData(CamMethod.AblationCAM)]
    [InlineData(CamMethod.ScoreCAM)]
    public void PerturbationMethodsTakeThemToo(CamMethod method)
    {
        using DisposeScope scope = NewDisposeScope();
        CamResult result = CamEngine.For(new TwoHeadNet(), output => output.Mask).Run(TestNets.Input(), new CamOptions { Method = method, Target = Target.Function(scores => scores[1].mean()) });
        Assert.Contains(result.Frames.Single(f => f.Name == "relu").SignedMap.ToArray(), v => v != 0);
    }

    [Fact]
    public async Task EnginesOfOneNetworkWaitForEachOther()
    {
        TwoHeadNet net = new();
        int inside = 0, most = 0;
        Tensor Pick(Tensor output)
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            Thread.Sleep(20);
            Interlocked.Decrement(ref inside);
            return output;
        }

        CamEngine[] engines = [CamEngine.For(net, output => Pick(output.Logits)), CamEngine.For(net, output => Pick(output.Logits))];
        using Tensor input = TestNets.Input();
        float[][] maps = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => engines[i % 2].Run(input).Frames[0].SignedMap.ToArray())));
        Assert.Equal(1, most);
        Assert.All(maps, m => Assert.Equal(maps[0], m));
    }

    [Fact]
    public void TheNetworkIsLeftAsItWas()
    {
        using DisposeScope scope = NewDisposeScope();
        TwoHeadNet net = new();
        net.train();
        CamEngine.For(net, output => output.Logits).Run(TestNets.Input());
        Assert.True(net.training && net.named_children().All(c => c.module.training));
        Assert.All(net.parameters(), p => Assert.True(p.requires_grad));
    }
}

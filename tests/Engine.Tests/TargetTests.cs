using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Engine.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

public sealed class TargetTests
{
    private static readonly string[] Names = ["cat", "dog", "wire-haired fox-terrier", "top hat", "not:a class"];
    private static readonly float[] Logits = [1, 4, -2, 3.5f, 0];

    [Theory]
    [InlineData("cat", 1)]
    [InlineData(" 1 ", 4)]
    [InlineData("top", 4)]
    [InlineData("top:3", 8.5)]
    [InlineData("not:cat", -1)]
    [InlineData("not:a class", 0)]
    [InlineData("dog-cat", 3)]
    [InlineData("dog - cat", 3)]
    [InlineData("wire-haired fox-terrier", -2)]
    [InlineData("wire-haired fox-terrier-dog", -6)]
    [InlineData("dog-wire-haired fox-terrier", 6)]
    [InlineData("top hat", 3.5)]
    [InlineData("finer", 0.5)]
    [InlineData("finer:cat", 1)]
    [InlineData("rest", 3.482927)]
    [InlineData("rest:cat", -2.517073)]
    public void TextBecomesTheScore(string text, double expected)
    {
        using DisposeScope scope = NewDisposeScope();
        TargetScore score = Target.Parse(text, Resolve).Resolve(Logits);
        Assert.Equal(expected, score.Of(tensor(Logits)).item<float>(), 6);
    }

    [Theory]
    [InlineData("wolf", "'wolf' is not a target")]
    [InlineData("not:wolf", "the class 'wolf'")]
    [InlineData("dog-wolf", "'dog-wolf' is not a target")]
    [InlineData("top:0", "'top:0' is not a target")]
    public void OtherTextIsAnError(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<CamException>(() => Target.Parse(text, Resolve)).Message);

    [Fact]
    public void EdgesOfRanking()
    {
        Assert.Equal(1, LogitRanking.Top([float.NaN, 2, 2]));
        Assert.Equal([1, 2], LogitRanking.Largest([0, 5, 5, 4], 2));
        Assert.Equal([2, 0], LogitRanking.Nearest([0, 5, 6, float.NaN], 1, 2));
        Assert.Equal(0, LogitRanking.Top([float.NegativeInfinity, float.NaN]));
    }

    [Fact]
    public void FunctionsWorkOnLogitsAndOnOtherOutputs()
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(TestNets.Chain(inplace: false));
        CamResult plain = engine.Run(TestNets.Input(), new CamOptions { Target = Target.Class(2) });
        CamResult function = engine.Run(TestNets.Input(), new CamOptions { Target = Target.Function(logits => logits[2]) });
        Assert.Equal(plain.Frames[0].SignedMap.ToArray(), function.Frames[0].SignedMap.ToArray());

        var dense = new CamEngine(nn.Sequential(("conv", nn.Conv2d(3, 2, 3)), ("relu", nn.ReLU()), ("head", nn.Conv2d(2, 5, 1))));
        CamResult segmentation = dense.Run(TestNets.Input(), new CamOptions { Method = CamMethod.HiResCAM, Target = Target.Function(scores => scores[3].sum()) });
        Assert.Equal(-1, segmentation.ClassIndex);
        Assert.True(float.IsNaN(segmentation.Probability));
        Assert.Equal(["conv", "relu", "head", ""], segmentation.Frames.Select(f => f.Name));
        Assert.Contains("Function", Assert.Throws<CamException>(() => dense.Run(TestNets.Input())).Message);
        Assert.Contains("a scalar is expected", Assert.Throws<CamException>(() => engine.Run(TestNets.Input(), new CamOptions { Target = Target.Function(logits => logits) })).Message);
    }

    private static int Resolve(string text) => int.TryParse(text, out int index) ? index : Array.IndexOf(Names, text);
}

using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Engine.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

/// <summary>Targets of segmentations, embeddings and boxes: their scores, and that gradients flow.</summary>
public sealed class OutputTargetTests
{
    private static double Score(Target target, Tensor output) => target.Resolve([]).Of(output).item<float>();

    [Fact]
    public void ASegmentationIsTheMeanOverTheMask()
    {
        using DisposeScope scope = NewDisposeScope();
        byte[] mask = [0, 1, 255, 0, 1, 0];
        Assert.Equal((7 + 8 + 10) / 3.0, Score(OutputTargets.Segmentation(1, mask), arange(12, dtype: float32).reshape(2, 2, 3)), 1e-6);

        TwoHeadNet net = new();
        byte[] region = [.. Enumerable.Range(0, 81).Select(i => (byte)(i / 9 is >= 2 and < 5 ? 1 : 0))];
        CamOptions options = new() { Method = CamMethod.HiResCAM };
        CamResult mean = CamEngine.For(net, o => o.Mask).Run(TestNets.Input(), options with { Target = OutputTargets.Segmentation(2, region) });
        CamResult sum = CamEngine.For(net, o => o.Mask).Run(TestNets.Input(), options with { Target = Target.Function(s => s[2][TensorIndex.Slice(2, 5)].sum()) });
        Numbers.AssertClose(mean.Frames[1].SignedMap.Span, [.. sum.Frames[1].SignedMap.ToArray().Select(v => v / 27)], 1e-6, 1e-5, "mean");
        Assert.Throws<ArgumentException>(() => OutputTargets.Segmentation(0, new byte[4]));
        Assert.Contains("[K,H,W]", Assert.Throws<CamException>(() => Score(OutputTargets.Segmentation(5, mask), zeros(2, 2, 3))).Message);
    }

    [Fact]
    public void SimilarityIsTheCosine()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor embedding = tensor([1f, 2f, 2f]);
        Assert.Equal(11 / 15.0, Score(OutputTargets.Similarity(new float[] { 3, 4, 0 }), embedding), 1e-6);
        Assert.Equal(4 / 15.0, Score(OutputTargets.Similarity(new float[] { 3, 4, 0 }, isDifference: true), embedding), 1e-6);
        Assert.Throws<ArgumentException>(() => OutputTargets.Similarity(new float[3]));
        Assert.Contains("3 values", Assert.Throws<CamException>(() => Score(OutputTargets.Similarity(new float[] { 3, 4, 0 }), zeros(5))).Message);
        CamResult maps = new CamEngine(TestNets.Chain(inplace: true)).Run(TestNets.Input(), new CamOptions { Target = OutputTargets.Similarity(new float[] { 1, 0, 0, 0 }) });
        Assert.Contains(maps.Frames, f => f.SignedMap.Span.ContainsAnyExcept(0f));
    }

    [Fact]
    public void BoxesAreOverlapAndScoreOfTheBestDetection()
    {
        using DisposeScope scope = NewDisposeScope();

        // Left, top, right, bottom, scores of two classes.
        Tensor output = tensor([0f, 0f, 10f, 10f, 0.1f, 0.9f, 0f, 0f, 10f, 8f, 0.3f, 0.6f, 50f, 50f, 60f, 60f, 0.8f, 0f]).reshape(3, 6);
        Assert.Equal(1 + 0.6, Score(OutputTargets.Boxes([(0, 0, 10, 8, 1)]), output), 1e-6);
        Assert.Equal((100 / 144.0) + 0.9, Score(OutputTargets.Boxes([(0, 0, 12, 12, 1)]), output), 1e-6);
        Assert.Equal(1.6 + 1.8, Score(OutputTargets.Boxes([(0, 0, 10, 8, 1), (50, 50, 60, 60, 0)]), output), 1e-6);
        Assert.Equal(0, Score(OutputTargets.Boxes([(0, 0, 12, 12, 1)], overlap: 0.75f), output), 1e-6);
        Assert.Throws<ArgumentException>(() => OutputTargets.Boxes([(5, 0, 5, 5, 0)]));
        Assert.Contains("[R,4+K]", Assert.Throws<CamException>(() => Score(OutputTargets.Boxes([(0, 0, 1, 1, 3)]), output)).Message);
    }
}

using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Engine.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Smoothing;

/// <summary>Test-time augmentation, against six runs of their own that are averaged in float64.</summary>
public sealed class AugmentationTests
{
    private static readonly (bool IsMirrored, float Factor)[] Versions = [(false, 0.9f), (false, 1), (false, 1.1f), (true, 0.9f), (true, 1), (true, 1.1f)];

    [Theory]
    [InlineData(CamMethod.GradCAM, Compatibility.Paper)]
    [InlineData(CamMethod.GradCAM, Compatibility.Reference)]
    [InlineData(CamMethod.LayerCAM, Compatibility.Paper)]
    [InlineData(CamMethod.LayerCAM, Compatibility.Reference)]
    [InlineData(CamMethod.EigenCAM, Compatibility.Paper)]
    [InlineData(CamMethod.RandomCAM, Compatibility.Paper)]
    [InlineData(CamMethod.AblationCAM, Compatibility.Paper)]
    [InlineData(CamMethod.ScoreCAM, Compatibility.Reference)]
    public void MapsAreTheMeanOfSixRuns(CamMethod method, Compatibility compatibility)
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(TestNets.Chain(inplace: false));
        Tensor input = TestNets.Input();
        CamOptions options = new() { Method = method, Target = Target.Class(2), Compatibility = compatibility, Seed = 5 };
        CamResult smooth = engine.Run(input, options with { AugmentationSmoothing = true });
        CamResult[] runs = [.. Versions.Select(v => engine.Run((v.IsMirrored ? input.flip(3) : input).mul(v.Factor), options))];
        CamResult plain = runs[1];
        Assert.Equal((plain.ClassIndex, plain.Frames.Count), (smooth.ClassIndex, smooth.Frames.Count));
        Assert.Equal(plain.Probability, smooth.Probability, 1e-5f);
        for (int f = 0; f < smooth.Frames.Count; f++)
        {
            int width = plain.Frames[f].Width;
            float[] expected = [.. plain.Frames[f].Map.ToArray().Select((_, i) => (float)Versions.Select((v, r) => Value(runs[r].Frames[f], v.IsMirrored ? (i / width * width) + width - 1 - (i % width) : i)).Average())];
            float[] actual = smooth.Frames[f].SignedMap.ToArray();

            // A batch of six adds in another order than six batches of one.
            Assert.InRange(Numbers.RelativeL2(actual, expected), 0, 2e-4);
            Numbers.AssertClose(smooth.Frames[f].Map.Span, [.. actual.Select(v => Math.Max(v, 0))], 0, 0, smooth.Frames[f].Name);
        }

        Assert.Equal(smooth.Frames.Max(f => f.Maximum), smooth.GlobalMaximum);

        double Value(Kernels.Maps.LayerMap map, int at) => compatibility == Compatibility.Paper
            ? map.SignedMap.Span[at]
            : map.IsConstant ? 0 : (map.Map.Span[at] - (double)map.Minimum) / ((double)map.Maximum - map.Minimum);
    }

    [Fact]
    public void TheUnchangedImageFixesTheTarget()
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(TestNets.Chain(inplace: true));
        Tensor input = TestNets.Input(3);
        CamOptions options = new() { AugmentationSmoothing = true, Method = CamMethod.HiResCAM };
        IReadOnlyList<CamResult> batch = engine.RunBatch(input, options, [Target.Top, Target.Finer(), Target.Function(logits => logits[3])]);
        for (int n = 0; n < 3; n++)
        {
            Tensor image = input.narrow(0, n, 1);
            CamResult plain = engine.Run(image);
            Assert.Equal(plain.ClassIndex, batch[n].ClassIndex);
            CamResult alone = engine.Run(image, options with { Target = n == 0 ? Target.Class(plain.ClassIndex) : n == 1 ? Target.Finer(plain.ClassIndex) : Target.Class(3) });
            Assert.All(alone.Frames.Zip(batch[n].Frames), p => Assert.InRange(Numbers.RelativeL2(p.Second.SignedMap.ToArray(), p.First.SignedMap.ToArray()), 0, 2e-4));
        }
    }

    [Fact]
    public void TheSameBitsComeOutAndNoTensorStaysAlive()
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(TestNets.Chain(inplace: false));
        Tensor input = TestNets.Input();
        CamOptions options = new() { AugmentationSmoothing = true, EigenSmoothing = true };
        CamResult first = engine.Run(input, options);
        long before = Tensor.TotalCount;
        CamResult second = engine.Run(input, options);
        Assert.Equal(before, Tensor.TotalCount);
        Assert.All(first.Frames.Zip(second.Frames), p => Assert.Equal(p.First.SignedMap.ToArray(), p.Second.SignedMap.ToArray()));
    }
}

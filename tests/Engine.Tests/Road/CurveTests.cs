using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road.Curves;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Road;

public sealed class CurveTests
{
    /// <summary>Logits (sum of the pixels, 0): C = 1 / (1 + exp(-sum)).</summary>
    [Fact]
    public void CurvesFollowTheFormula()
    {
        using DisposeScope scope = NewDisposeScope();
        nn.Module<Tensor, Tensor> net = SumNet(4);
        Tensor input = tensor([1f, 2f, -1f, 0.5f]).reshape(1, 1, 2, 2);
        CamResult maps = RoadMaps.Result(2, 2, 0, RoadMaps.Layer("x", 2, 2, [4, 1, 3, 2]), RoadMaps.Layer("flat", 1, 1, [1]), RoadMaps.Layer("y", 2, 2, [4, 1, 3, 2]));

        IReadOnlyList<LayerCurves> curves = PerturbationCurves.Score(net, input, maps, new CurveOptions { Steps = 4, BatchSize = 3 });

        // Pixels 0, 2, 3, 1 go in turn.
        double[] deletion = [C(2.5), C(1.5), C(2.5), C(2), C(0)];
        Numbers.AssertClose([.. curves[0].Deletion], [.. deletion.Select(v => (float)v)], 1e-6, 0, "deletion");
        Assert.Equal((deletion[0] / 2 + deletion[1] + deletion[2] + deletion[3] + deletion[4] / 2) / 4, curves[0].DeletionArea!.Value, 1e-6);

        // Insertion ends at the image.
        Assert.Equal(5, curves[0].Insertion.Count);
        Assert.Equal(C(2.5), curves[0].Insertion[^1], 1e-6);
        Assert.Contains("one value", curves[1].Reason);
        Assert.Null(curves[1].DeletionArea);
        Assert.Equal(curves[0].Deletion, curves[2].Deletion);
    }

    [Fact]
    public void InsertionStartsAtTheBlurredImage()
    {
        using DisposeScope scope = NewDisposeScope();

        // Blurring a constant image changes nothing: the curve is flat.
        Tensor input = full([1, 1, 5, 5], 0.1f);
        LayerCurves curves = PerturbationCurves.Score(SumNet(25), input, RoadMaps.Result(5, 5, 0, RoadMaps.Layer("x", 5, 5, RoadMaps.Hills(5, 5, 1))))[0];
        Assert.Equal(29, curves.Insertion.Count);
        Assert.All(curves.Insertion, c => Assert.Equal(C(2.5), c, 1e-5));
        Assert.Equal(C(2.5), curves.InsertionArea!.Value, 1e-5);
        Assert.Equal(0.5f, curves.Deletion[^1]);
    }

    [Fact]
    public void OptionsAndClassesAreChecked()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor input = zeros(1, 1, 2, 2);
        CamResult maps = RoadMaps.Result(2, 2, 0, RoadMaps.Layer("x", 2, 2, [4, 1, 3, 2]));
        Assert.Contains("0 steps", Assert.Throws<CamException>(() => PerturbationCurves.Score(SumNet(4), input, maps, new CurveOptions { Steps = 0 })).Message);
        Assert.Contains("blur of 0", Assert.Throws<CamException>(() => PerturbationCurves.Score(SumNet(4), input, maps, new CurveOptions { BlurSigma = 0 })).Message);
        Assert.Contains("2 classes", Assert.Throws<CamException>(() => PerturbationCurves.Score(SumNet(4), input, maps with { ClassIndex = 2 })).Message);
    }

    private static double C(double sum) => 1 / (1 + Math.Exp(-sum));

    private static nn.Module<Tensor, Tensor> SumNet(int pixels)
    {
        var fc = nn.Linear(pixels, 2);
        using (no_grad())
        {
            fc.weight.zero_();
            fc.weight[0].fill_(1);
            fc.bias!.zero_();
        }

        return nn.Sequential(("flatten", nn.Flatten()), ("fc", fc));
    }
}

using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

/// <summary>A network small enough for paper: A = relu(conv1x1(x)), score_c = sum W_c A, so G of the ReLU is W_c itself.</summary>
public sealed class HandComputedTests
{
    // Input 2x2: [1, -2; 3, 0.5]. Channel 0 is x, channel 1 is -2x; after ReLU [1,0,3,0.5] and [0,4,0,0].
    private static readonly float[] Pixels = [1, -2, 3, 0.5f];
    private static readonly double[][] Activations = [[1, 0, 3, 0.5], [0, 4, 0, 0]];

    // W of class 1: one weight for each position of the two channels.
    private static readonly double[][] Weights = [[0.5, -1, 0.25, 2], [1, 0.5, -0.5, -2]];

    [Theory]
    [InlineData(CamMethod.GradCAM)]
    [InlineData(CamMethod.HiResCAM)]
    [InlineData(CamMethod.GradCAMElementWise)]
    [InlineData(CamMethod.GradCAMPlusPlus)]
    [InlineData(CamMethod.XGradCAM)]
    [InlineData(CamMethod.LayerCAM)]
    public void SignedMapFollowsTheFormula(CamMethod method)
    {
        using DisposeScope scope = NewDisposeScope();
        CamResult result = new CamEngine(Network()).Run(tensor(Pixels).reshape(1, 1, 2, 2), new CamOptions { Method = method, Target = Target.Class(1) });
        float[] expected = [.. Slow(method).Select(v => (float)v)];

        var relu = Assert.Single(result.Frames, f => f.Name == "relu");
        Numbers.AssertClose(relu.SignedMap.Span, expected, 1e-6, 1e-6, $"{method}");
        Numbers.AssertClose(relu.Map.Span, [.. expected.Select(v => MathF.Max(v, 0))], 1e-6, 1e-6, $"{method} after ReLU");
        Assert.Equal((2, 2, 2), (relu.Channels, relu.Height, relu.Width));
        Assert.Equal(expected.Max(v => MathF.Max(v, 0)), relu.Maximum, 1e-5f);
    }

    // Logits 0 and the sum of W A over the one position that is left: the softmax score is the logistic function of it.
    [Fact]
    public void ReciproCamIsTheScoreOfEachPositionByItself()
    {
        using DisposeScope scope = NewDisposeScope();
        CamResult result = new CamEngine(Network()).Run(tensor(Pixels).reshape(1, 1, 2, 2), new CamOptions { Method = CamMethod.ReciproCAM, Target = Target.Class(1) });
        float[] expected = [.. Enumerable.Range(0, 4).Select(i => (float)(1 / (1 + Math.Exp(-((Weights[0][i] * Activations[0][i]) + (Weights[1][i] * Activations[1][i]))))))];
        Numbers.AssertClose(result.Frames.Single(f => f.Name == "relu").SignedMap.Span, expected, 1e-6, 1e-6, "relu");
    }

    [Fact]
    public void ContrastAndCounterfactualChangeTheSign()
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(Network());
        Tensor input = tensor(Pixels).reshape(1, 1, 2, 2);
        float[] forClass = Relu(engine, input, Target.Class(1));
        float[] against = Relu(engine, input, Target.Not(1));

        // The logit of class 0 is the bias alone, so the contrast has the gradient of class 1.
        float[] contrast = Relu(engine, input, Target.Contrast(1, 0));
        Numbers.AssertClose(contrast, forClass, 0, 0, "contrast");
        Numbers.AssertClose(against, [.. forClass.Select(v => -v)], 0, 0, "counterfactual");
    }

    private static float[] Relu(CamEngine engine, Tensor input, Target target) =>
        engine.Run(input, new CamOptions { Method = CamMethod.HiResCAM, Target = target }).Frames.Single(f => f.Name == "relu").SignedMap.ToArray();

    private static nn.Module<Tensor, Tensor> Network()
    {
        var conv = nn.Conv2d(1, 2, 1, bias: false);
        var fc = nn.Linear(8, 2);
        using (no_grad())
        {
            conv.weight.copy_(tensor([1f, -2f]).reshape(2, 1, 1, 1));
            fc.weight.zero_();
            fc.weight[1].copy_(tensor(Weights.SelectMany(w => w).Select(w => (float)w).ToArray()));
            fc.bias!.zero_();
        }

        return nn.Sequential(("conv", conv), ("relu", nn.ReLU()), ("flatten", nn.Flatten()), ("fc", fc));
    }

    // DESIGN's formulas in float64, term by term.
    private static double[] Slow(CamMethod method)
    {
        double[] map = new double[4];
        for (int k = 0; k < 2; k++)
        {
            double[] a = Activations[k];
            double[] g = Weights[k];
            double sum = a.Sum();
            double weight = method switch
            {
                CamMethod.GradCAM => g.Average(),
                CamMethod.XGradCAM => a.Zip(g, (x, y) => x * y).Sum() / (sum + 1e-7),
                CamMethod.GradCAMPlusPlus => g.Where(v => v > 0).Sum(v => v * v * v / ((2 * v * v) + (sum * v * v * v) + 1e-6)),
                _ => 0,
            };
            for (int i = 0; i < 4; i++)
            {
                map[i] += method switch
                {
                    CamMethod.HiResCAM => a[i] * g[i],
                    CamMethod.GradCAMElementWise => Math.Max(0, a[i] * g[i]),
                    CamMethod.LayerCAM => Math.Max(0, g[i]) * a[i],
                    _ => weight * a[i],
                };
            }
        }

        return map;
    }
}

using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Smoothing;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Engine.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Smoothing;

/// <summary>The principal component of the weighted activation, against its formula in float64.</summary>
public sealed class EigenSmoothingTests
{
    private const int Channels = 5;
    private const int Height = 3;
    private const int Width = 4;

    private static readonly float[] Activation = Fill(1);
    private static readonly float[] Gradient = Fill(2);

    [Theory]
    [InlineData(CamMethod.GradCAM)]
    [InlineData(CamMethod.HiResCAM)]
    [InlineData(CamMethod.GradCAMElementWise)]
    [InlineData(CamMethod.GradCAMPlusPlus)]
    [InlineData(CamMethod.XGradCAM)]
    [InlineData(CamMethod.LayerCAM)]
    [InlineData(CamMethod.FEM)]
    [InlineData(CamMethod.RandomCAM)]
    public void TheSummandsComponentIsThatOfTheFormula(CamMethod method)
    {
        using DisposeScope scope = NewDisposeScope();
        double[] summands = Summands(method);
        float[] map = new float[Height * Width];
        Assert.True(EigenSmoothing.TryReduce((LayerMethod)CamMethods.Find(method), Layer(), map));
        Assert.InRange(Numbers.RelativeL2(map, SlowComponent.ProjectWithSign(summands, Channels, Height * Width)), 0, 1e-5);

        float[] plain = new float[Height * Width];
        ((LayerMethod)CamMethods.Find(method)).Reduce(Layer(), plain);
        float[] sum = [.. Enumerable.Range(0, plain.Length).Select(i => (float)Enumerable.Range(0, Channels).Sum(k => summands[(k * plain.Length) + i]))];
        Numbers.AssertClose(plain, sum, 1e-5, 1e-5, "sum of the summands");
    }

    [Theory]
    [InlineData(CamMethod.EigenCAM)]
    [InlineData(CamMethod.EigenGradCAM)]
    [InlineData(CamMethod.KPCACAM)]
    public void MethodsThatAreNoSumStayAsTheyAre(CamMethod method)
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.False(EigenSmoothing.TryReduce((LayerMethod)CamMethods.Find(method), Layer(), new float[Height * Width]));
        CamEngine engine = new(TestNets.Chain(inplace: false));
        CamResult plain = engine.Run(TestNets.Input(), new CamOptions { Method = method });
        CamResult smooth = engine.Run(TestNets.Input(), new CamOptions { Method = method, EigenSmoothing = true });
        Assert.All(plain.Frames.Zip(smooth.Frames), p => Assert.Equal(p.First.SignedMap.ToArray(), p.Second.SignedMap.ToArray()));
    }

    [Fact]
    public void PerturbationMethodsAreSmoothedToo()
    {
        // A linear head on A = relu(x): the score without channel k is known, and so is its weight.
        using DisposeScope scope = NewDisposeScope();
        var fc = nn.Linear(3 * 16, 2);
        var network = nn.Sequential(("relu", nn.ReLU()), ("flatten", nn.Flatten()), ("fc", fc));
        Tensor input = TestNets.Input(size: 4);
        CamOptions options = new() { Method = CamMethod.AblationCAM, Target = Target.Class(1), EigenSmoothing = true };
        CamResult result = new CamEngine(network).Run(input, options);
        double[] a = [.. input.relu().data<float>().Select(v => (double)v)];
        double[] w = [.. fc.weight[1].data<float>().Select(v => (double)v)];
        double[] parts = [.. Enumerable.Range(0, 3).Select(k => Enumerable.Range(k * 16, 16).Sum(i => a[i] * w[i]))];
        double y = parts.Sum() + fc.bias![1].item<float>();
        double[] summands = [.. a.Select((v, i) => v * parts[i / 16] / y)];
        float[] expected = SlowComponent.ProjectWithSign(summands, 3, 16);
        Assert.InRange(Numbers.RelativeL2(result.Frames.Single(f => f.Name == "relu").SignedMap.ToArray(), expected), 0, 1e-4);
    }

    private static double[] Summands(CamMethod method)
    {
        int n = Height * Width;
        double[] result = new double[Channels * n];
        float[] random = new float[Channels];
        RandomWeights.Fill(7, "layer", random);
        for (int k = 0; k < Channels; k++)
        {
            double[] a = [.. Activation.AsSpan(k * n, n).ToArray().Select(v => (double)v)];
            double[] g = [.. Gradient.AsSpan(k * n, n).ToArray().Select(v => (double)v)];
            double deviation = Math.Sqrt(a.Average(v => v * v) - (a.Average() * a.Average()));
            for (int i = 0; i < n; i++)
            {
                result[(k * n) + i] = method switch
                {
                    CamMethod.GradCAM => g.Average() * a[i],
                    CamMethod.HiResCAM => g[i] * a[i],
                    CamMethod.GradCAMElementWise => Math.Max(0, g[i] * a[i]),
                    CamMethod.GradCAMPlusPlus => g.Where(v => v > 0).Sum(v => v * v * v / ((2 * v * v) + (a.Sum() * v * v * v) + 1e-6)) * a[i],
                    CamMethod.XGradCAM => g.Zip(a, (x, z) => x * z).Sum() / (a.Sum() + 1e-7) * a[i],
                    CamMethod.LayerCAM => Math.Max(0, g[i]) * a[i],
                    CamMethod.FEM => a.Count(v => v > a.Average() + (2 * deviation)) / (double)n * a[i],
                    _ => random[k] * a[i],
                };
            }
        }

        return result;
    }

    private static LayerTensors Layer() => new()
    {
        Name = "layer",
        Activation = Activation,
        Gradient = Gradient,
        Channels = Channels,
        Height = Height,
        Width = Width,
        Options = new CamOptions { Seed = 7 },
    };

    // One value of every channel stands out, so that FEM has something above its threshold.
    private static float[] Fill(int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, Channels * Height * Width).Select(i => (float)((random.NextDouble() * 2) - (seed == 1 ? 0.2 : 1) + (seed == 1 && i % (Height * Width) == i / (Height * Width) ? 9 : 0)))];
    }
}

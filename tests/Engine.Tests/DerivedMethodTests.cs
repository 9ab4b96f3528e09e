using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Engine.Tests.Networks;
using CAManim.Native.Kernels.Maps;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

/// <summary>Methods that are made of other methods.</summary>
public sealed class DerivedMethodTests
{
    // float32 against float64.
    private const double Absolute = 1e-6;
    private const double Relative = 1e-4;

    [Theory]
    [InlineData(Compatibility.Paper, CamMethod.GradCAM, 3, 1f)]
    [InlineData(Compatibility.Reference, CamMethod.GradCAM, 3, 1f)]
    [InlineData(Compatibility.Paper, CamMethod.HiResCAM, 2, 0.6f)]
    [InlineData(Compatibility.Reference, CamMethod.HiResCAM, 1, 0.6f)]
    public void FinerCamIsItsBaseMethodOfTheWeightedDifference(Compatibility compatibility, CamMethod basis, int classes, float strength)
    {
        using DisposeScope scope = NewDisposeScope();
        CamOptions options = new() { Method = CamMethod.FinerCAM, Base = basis, Target = Target.Class(2), Compatibility = compatibility, FinerClasses = classes, FinerStrength = strength };
        CamResult result = new CamEngine(TestNets.Chain(inplace: false)).Run(TestNets.Input(), options);

        SlowGradients slow = new(TestNets.Chain(inplace: false).to(ScalarType.Float64), TestNets.Input().to(ScalarType.Float64), "relu2", logits =>
        {
            double[] values = logits.data<double>().ToArray();
            int[] rivals = [.. Enumerable.Range(0, 4).Where(k => k != 2).OrderBy(k => Math.Abs(values[k] - values[2])).Take(classes)];
            Tensor scores = logits.softmax(0);
            scores = compatibility == Compatibility.Paper ? scores.detach() : scores;
            Tensor sum = zeros(1, ScalarType.Float64);
            Tensor weights = zeros(1, ScalarType.Float64);
            foreach (int rival in rivals)
            {
                sum += scores[rival] * (logits[2] - (strength * logits[rival]));
                weights += scores[rival];
            }

            return sum / (weights + (compatibility == Compatibility.Paper ? 0 : 1e-9));
        });
        float[] expected = slow.Sum(basis == CamMethod.GradCAM ? slow.Gradient.mean([2, 3], keepdim: true) : slow.Gradient);
        Assert.Equal((CamMethod.FinerCAM, 2), (result.Method, result.ClassIndex));
        Assert.Contains(expected, v => Math.Abs(v) > 1e-3);
        Numbers.AssertClose(result.Frames.Single(f => f.Name == "relu2").SignedMap.Span, expected, Absolute, Relative, $"{compatibility} {basis}");
    }

    // Six versions of the image share the target that the first one fixes.
    [Fact]
    public void FinerCamOfSeveralVersionsTellsTheSameClassesApart()
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(TestNets.Chain(inplace: false));
        CamOptions options = new() { Method = CamMethod.FinerCAM, AugmentationSmoothing = true };
        float[] plain = engine.Run(TestNets.Input(), options with { Method = CamMethod.GradCAM }).Frames[0].SignedMap.ToArray();
        Numbers.AssertClose(engine.Run(TestNets.Input(), options with { FinerStrength = 0 }).Frames[0].SignedMap.Span, plain, Absolute, Relative);
        Assert.InRange(Numbers.RelativeL2(engine.Run(TestNets.Input(), options).Frames[0].SignedMap.Span, plain), 0.05, 1000);
    }

    [Fact]
    public void TargetsOfOtherKindsStayAndBadOptionsAreRefused()
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(TestNets.Chain(inplace: false));
        CamOptions options = new() { Method = CamMethod.FinerCAM };
        CamResult contrast = engine.Run(TestNets.Input(), new CamOptions { Target = Target.Contrast(0, 1) });
        Assert.Equal(contrast.Frames[0].SignedMap.ToArray(), engine.Run(TestNets.Input(), options with { Target = Target.Contrast(0, 1) }).Frames[0].SignedMap.ToArray());
        Assert.Contains("0 classes", Assert.Throws<CamException>(() => engine.Run(TestNets.Input(), options with { FinerClasses = 0 })).Message);
        Assert.Contains("RefineCAM", Assert.Throws<CamException>(() => engine.Run(TestNets.Input(), options with { Base = CamMethod.RefineCAM })).Message);
        Assert.Contains("made of none", Assert.Throws<CamException>(() => engine.Run(TestNets.Input(), options with { Method = CamMethod.MetaCAM, Components = [] })).Message);
        Assert.Contains("top 0 %", Assert.Throws<CamException>(() => engine.Run(TestNets.Input(), options with { TopPercent = 0 })).Message);
    }

    [Theory]
    [InlineData(Compatibility.Paper)]
    [InlineData(Compatibility.Reference)]
    public void RefineCamIsTheProductOfScaledMaps(Compatibility compatibility)
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(TestNets.Chain(inplace: false));
        CamOptions options = new() { Target = Target.Class(1), Compatibility = compatibility };
        CamResult basis = engine.Run(TestNets.Input(), options with { Method = CamMethod.GradCAMPlusPlus });
        CamResult result = engine.Run(TestNets.Input(), options with { Method = CamMethod.RefineCAM });

        // 9x9, 9x9, 9x9, 5x5, 5x5, 2x2: the coarser factors of the first are relu2 and pool.
        string[] names = [.. basis.Frames.Select(f => f.Name)];
        Assert.Equal(["conv1", "bn1", "relu1", "conv2", "relu2", "pool"], names);
        for (int i = 0; i < names.Length; i++)
        {
            string[] factors = compatibility == Compatibility.Reference ? names[i..] : i < 3 ? [names[i], "relu2", "pool"] : i < 5 ? [names[i], "pool"] : ["pool"];
            (int h, int w) = compatibility == Compatibility.Reference ? (9, 9) : (basis.Frames[i].Height, basis.Frames[i].Width);
            double[] product = [.. Enumerable.Repeat(1.0, h * w)];
            foreach (LayerMap factor in factors.Select(name => basis.Frames.Single(f => f.Name == name)))
            {
                double[] resized = [.. Enumerable.Range(0, h * w).Select(p => Bilinear(factor, p / w, p % w, h, w))];
                double range = resized.Max() - resized.Min() + (compatibility == Compatibility.Reference ? 1e-7 : 0);
                for (int p = 0; p < product.Length; p++)
                {
                    product[p] *= range == 0 ? 0 : (resized[p] - resized.Min()) / range;
                }
            }

            Assert.Equal((h, w), (result.Frames[i].Height, result.Frames[i].Width));
            Numbers.AssertClose(result.Frames[i].SignedMap.Span, [.. product.Select(v => (float)v)], Absolute, Relative, names[i]);
        }

        Assert.Equal(result.Frames.Max(f => f.Maximum), result.GlobalMaximum);
    }

    [Fact]
    public void MetaCamCountsVotes()
    {
        // 60 % of 5 positions are 3. Of two equal values the later counts as the higher; what is not positive has no vote.
        CamResult[] components = [Result("a", [5, 1, 3, 0, 1]), Result("a", [-1, 2, 0, 0, -3]), Result("a", [1, 2, 3, 4, float.NaN])];
        float[] votes = MetaCam.Combine(components, 60).Frames[0].SignedMap.ToArray();
        Assert.Equal([1f / 3, 1f / 3, 1f / 3, 0, 1f / 3], votes);
        Assert.Equal([1f / 3, 1f / 3, 0, 0, 0], MetaCam.Combine(components, 1).Frames[0].SignedMap.ToArray());
    }

    [Fact]
    public void MetaCamIsTheShareOfItsComponents()
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(TestNets.Chain(inplace: false));
        CamMethod[] components = [CamMethod.GradCAM, CamMethod.LayerCAM, CamMethod.HiResCAM];
        CamOptions options = new() { Method = CamMethod.MetaCAM, Components = components, TopPercent = 30, Target = Target.Class(0) };
        CamResult result = engine.Run(TestNets.Input(), options);
        CamResult[] single = [.. components.Select(m => engine.Run(TestNets.Input(), options with { Method = m }))];
        for (int f = 0; f < result.Frames.Count; f++)
        {
            float[] expected = new float[result.Frames[f].Map.Length];
            foreach (float[] map in single.Select(s => s.Frames[f].Map.ToArray()))
            {
                foreach (int i in Enumerable.Range(0, map.Length).OrderBy(i => map[i]).ThenBy(i => i).TakeLast((int)Math.Round(0.3 * map.Length)).Where(i => map[i] > 0))
                {
                    expected[i]++;
                }
            }

            Numbers.AssertClose(result.Frames[f].SignedMap.Span, [.. expected.Select(v => v / 3)], 0, 0, result.Frames[f].Name);
        }

        Assert.Contains(result.Frames, f => f.SignedMap.ToArray().Distinct().Count() > 2);
    }

    private static CamResult Result(string name, float[] map) => new()
    {
        Frames =
        [
            new LayerMap
            {
                Name = name,
                ModuleClass = "Test",
                Channels = 1,
                Height = 1,
                Width = map.Length,
                SignedMap = map,
                Map = map.Select(v => MathF.Max(v, 0)).ToArray(),
                Minimum = 0,
                Maximum = 1,
            },
        ],
        Layers = [],
        Logits = ReadOnlyMemory<float>.Empty,
        ClassIndex = 0,
        Probability = 1,
        Method = CamMethod.GradCAM,
        InputHeight = 1,
        InputWidth = map.Length,
        GlobalMinimum = 0,
        GlobalMaximum = 1,
    };

    // Half-pixel centres, edges clamped.
    private static double Bilinear(LayerMap map, int y, int x, int height, int width)
    {
        double sourceY = Math.Clamp(((y + 0.5) * map.Height / height) - 0.5, 0, map.Height - 1);
        double sourceX = Math.Clamp(((x + 0.5) * map.Width / width) - 0.5, 0, map.Width - 1);
        (int top, int left) = ((int)sourceY, (int)sourceX);
        (int bottom, int right) = (Math.Min(top + 1, map.Height - 1), Math.Min(left + 1, map.Width - 1));
        (double v, double u) = (sourceY - top, sourceX - left);
        ReadOnlySpan<float> values = map.Map.Span;
        double upper = (values[(top * map.Width) + left] * (1 - u)) + (values[(top * map.Width) + right] * u);
        double lower = (values[(bottom * map.Width) + left] * (1 - u)) + (values[(bottom * map.Width) + right] * u);
        return (upper * (1 - v)) + (lower * v);
    }
}

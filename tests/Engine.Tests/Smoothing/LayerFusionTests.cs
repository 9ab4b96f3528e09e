using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Smoothing;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Engine.Tests.Smoothing;

/// <summary>Maps of several layers as one, against the formulas in float64.</summary>
public sealed class LayerFusionTests
{
    private const int Height = 9;
    private const int Width = 12;

    private static readonly LayerMap[] Layers = [Layer("a", 3, 4, 0.3f), Layer("b", 9, 12, 20), Layer("c", 1, 1, 2), Layer("d", 5, 7, 1e-5f)];
    private static readonly double[] Weights = [0.5, 0, 3, 1.25];

    public static TheoryData<FusionMode, Compatibility> Modes => new MatrixTheoryData<FusionMode, Compatibility>(
        [FusionMode.Mean, FusionMode.Max, FusionMode.Weighted], [Compatibility.Paper, Compatibility.Reference]);

    [Theory]
    [MemberData(nameof(Modes))]
    public void TheFusedMapIsThatOfTheFormula(FusionMode mode, Compatibility compatibility)
    {
        double[]? weights = mode == FusionMode.Weighted ? Weights : null;
        LayerMap fused = LayerFusion.Fuse(Layers, Height, Width, mode, weights, compatibility);
        double[][] maps = [.. Layers.Select(l => compatibility == Compatibility.Paper
            ? Scale(Resize([.. l.Map.ToArray().Select(v => (double)v)], l.Height, l.Width), 0)
            : Resize(Scale([.. l.Map.ToArray().Select(v => (double)v)], 1e-7), l.Height, l.Width))];
        double[] expected = Scale(
            [.. Enumerable.Range(0, Height * Width).Select(i => mode switch
            {
                FusionMode.Mean => maps.Average(m => m[i]),
                FusionMode.Max => maps.Max(m => m[i]),
                _ => maps.Select((m, l) => Weights[l] * m[i]).Sum() / Weights.Sum(),
            })],
            compatibility == Compatibility.Paper ? 0 : 1e-7);
        Numbers.AssertClose(fused.Map.Span, [.. expected.Select(v => (float)v)], 2e-6, 2e-5, $"{mode}");
        Assert.Equal((Height, Width, 4, 0f), (fused.Height, fused.Width, fused.Channels, fused.Minimum));
        Assert.Equal(1, fused.Maximum, 1e-5f);
    }

    [Fact]
    public void ConstantAndBrokenMapsCountAsZero()
    {
        LayerMap broken = Layers[0] with { Map = Enumerable.Repeat(float.NaN, 12).ToArray() };
        LayerMap alone = LayerFusion.Fuse([Layers[1]], Height, Width, FusionMode.Mean);
        LayerMap with = LayerFusion.Fuse([Layers[1], broken, Layers[2]], Height, Width, FusionMode.Mean);
        Numbers.AssertClose(with.Map.Span, alone.Map.Span, 1e-6, 1e-6, "constant and broken layers change nothing but the scale, which is undone");
        Assert.All(LayerFusion.Fuse([broken, Layers[2]], Height, Width, FusionMode.Max).Map.ToArray(), v => Assert.Equal(0, v));
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Assert.Contains("no layer", Assert.Throws<ArgumentException>(() => LayerFusion.Fuse([], 4, 4, FusionMode.Mean)).Message);
        Assert.Contains("needs a weight", Assert.Throws<ArgumentException>(() => LayerFusion.Fuse(Layers, 4, 4, FusionMode.Weighted)).Message);
        Assert.Contains("Leave them out", Assert.Throws<ArgumentException>(() => LayerFusion.Fuse(Layers, 4, 4, FusionMode.Max, Weights)).Message);
        foreach (double[] bad in (double[][])[[1, 1, 1], [0, 0, 0, 0], [1, 1, 1, -1], [1, 1, 1, double.NaN]])
        {
            Assert.Contains("4 layers", Assert.Throws<ArgumentException>(() => LayerFusion.Fuse(Layers, 4, 4, FusionMode.Weighted, bad)).Message);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => LayerFusion.Fuse(Layers, 0, 4, FusionMode.Mean));
    }

    private static double[] Scale(double[] values, double epsilon)
    {
        (double least, double greatest) = (values.Min(), values.Max());
        return [.. values.Select(v => greatest - least + epsilon == 0 ? 0 : (v - least) / (greatest - least + epsilon))];
    }

    // Half-pixel centres, edges clamped.
    private static double[] Resize(double[] map, int height, int width)
    {
        double[] result = new double[Height * Width];
        for (int i = 0; i < result.Length; i++)
        {
            double y = Math.Clamp((((i / Width) + 0.5) * height / Height) - 0.5, 0, height - 1);
            double x = Math.Clamp((((i % Width) + 0.5) * width / Width) - 0.5, 0, width - 1);
            (int top, int left) = ((int)y, (int)x);
            (double down, double right) = (y - top, x - left);
            double At(int row, int column) => map[(Math.Min(row, height - 1) * width) + Math.Min(column, width - 1)];
            result[i] = ((1 - down) * (((1 - right) * At(top, left)) + (right * At(top, left + 1)))) + (down * (((1 - right) * At(top + 1, left)) + (right * At(top + 1, left + 1))));
        }

        return result;
    }

    private static LayerMap Layer(string name, int height, int width, float size)
    {
        Random random = new(height);
        float[] map = [.. Enumerable.Range(0, height * width).Select(_ => Math.Max(0, (float)(random.NextDouble() - 0.2)) * size)];
        return new LayerMap { Name = name, ModuleClass = "Conv2d", Channels = 2, Height = height, Width = width, SignedMap = map, Map = map, Minimum = map.Min(), Maximum = map.Max() };
    }
}

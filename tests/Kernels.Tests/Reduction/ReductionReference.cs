using CAManim.Native.Kernels.Reduction;

namespace CAManim.Native.Kernels.Tests.Reduction;

/// <summary>The formulas of the papers in float64, one pixel at a time.</summary>
internal static class ReductionReference
{
    /// <summary>S, and for each pixel the sum of the terms' magnitudes, which bounds the rounding.</summary>
    public static (float[] Map, double Magnitude) Reduce(Weighting weighting, float[] a, float[] g, int channels, int pixels)
    {
        double[] map = new double[pixels];
        double[] magnitude = new double[pixels];
        for (int k = 0; k < channels; k++)
        {
            (double weight, double scale) = Weight(weighting, a.AsSpan(k * pixels, pixels), g.AsSpan(k * pixels, pixels));
            for (int i = 0; i < pixels; i++)
            {
                double activation = a[(k * pixels) + i];
                double gradient = g[(k * pixels) + i];
                double term = weighting switch
                {
                    Weighting.HiResCam => gradient * activation,
                    Weighting.ElementWise => gradient * activation < 0 ? 0 : gradient * activation,
                    Weighting.LayerCam => (gradient < 0 ? 0 : gradient) * activation,
                    _ => weight * activation,
                };
                map[i] += term;
                magnitude[i] += Math.Max(Math.Abs(term), scale * Math.Abs(activation));
            }
        }

        return ([.. map.Select(v => (float)v)], magnitude.DefaultIfEmpty(0).Max());
    }

    private static (double Weight, double Scale) Weight(Weighting weighting, ReadOnlySpan<float> a, ReadOnlySpan<float> g)
    {
        double sumA = 0;
        double sumG = 0;
        double absoluteG = 0;
        double sumGA = 0;
        double absoluteGA = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sumA += a[i];
            sumG += g[i];
            absoluteG += Math.Abs((double)g[i]);
            sumGA += (double)g[i] * a[i];
            absoluteGA += Math.Abs((double)g[i] * a[i]);
        }

        switch (weighting)
        {
            case Weighting.GradCam:
                return (sumG / a.Length, absoluteG / a.Length);
            case Weighting.XGradCam:
                return (sumGA / (sumA + 1e-7), absoluteGA / Math.Abs(sumA + 1e-7));
            case Weighting.GradCamPlusPlus:
                double weight = 0;
                foreach (double gradient in g)
                {
                    double square = gradient * gradient;
                    weight += gradient == 0 ? 0 : Math.Max(gradient, 0) * (square / ((2 * square) + (sumA * square * gradient) + 1e-6));
                }

                return (weight, Math.Abs(weight));
            default:
                return (0, 0);
        }
    }
}

using CAManim.Native.Kernels;
using CAManim.Native.Kernels.Reduction;

namespace CAManim.Native.Perf.Kernels;

/// <summary>GB/s of the reductions over the bytes they must read, against a plain copy of the same bytes in the same run.</summary>
public static class ReductionBenchmark
{
    // The last size: no vector or block width divides it.
    private static readonly (int Channels, int Height, int Width)[] Sizes = [(64, 112, 112), (256, 56, 56), (2048, 7, 7), (101, 53, 61)];

    /// <summary>Checks every variant against the scalar one, measures it, and writes one line a case.</summary>
    public static void Run(TextWriter output)
    {
        output.WriteLine("weighting + reduction: median ms, GB/s, share of a copy's GB/s");
        foreach ((int channels, int height, int width) in Sizes)
        {
            int pixels = height * width;
            float[] a = Fill(channels * pixels, 1);
            float[] g = Fill(channels * pixels, 2);
            float[] map = new float[pixels];
            float[] reference = new float[pixels];
            float[] copy = new float[a.Length];
            (double copyTime, _) = Stopwatches.Measure(() => a.CopyTo(copy, 0));
            double copyRate = 2.0 * a.Length * sizeof(float) / copyTime / 1e6;
            output.WriteLine($"{channels}x{height}x{width}: copy {copyTime:F3} ms, {copyRate:F1} GB/s");
            foreach (Weighting weighting in Enum.GetValues<Weighting>())
            {
                MapReduction.Reduce(weighting, a, g, channels, reference, KernelVariant.Scalar);
                foreach ((KernelVariant variant, int threads) in new[] { (KernelVariant.Vector256, 1), (KernelVariant.Vector512, 1), (KernelVariant.Auto, 2) })
                {
                    MapReduction.Reduce(weighting, a, g, channels, map, variant, threads);
                    if (!map.AsSpan().SequenceEqual(reference))
                    {
                        throw new InvalidOperationException($"{weighting} {variant} differs from the scalar variant.");
                    }

                    (double time, double spread) = Stopwatches.Measure(() => MapReduction.Reduce(weighting, a, g, channels, map, variant, threads));
                    double rate = 2.0 * a.Length * sizeof(float) / time / 1e6;
                    output.WriteLine($"  {weighting,-16} {variant,-10} {threads} thread(s) {time,8:F3} ±{spread:F3} ms {rate,6:F1} GB/s {rate / copyRate,6:P0}");
                }
            }
        }
    }

    private static float[] Fill(int count, int seed)
    {
        Random random = new(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)(random.NextDouble() - 0.4);
        }

        return values;
    }
}

using CAManim.Native.Kernels;
using CAManim.Native.Kernels.Resize;

namespace CAManim.Native.Perf.Kernels;

/// <summary>Microseconds of the resize and of its extremes to 224x224, against a plain copy of the target in the same run.</summary>
public static class ResizeBenchmark
{
    private const int Size = 224;

    /// <summary>Checks every variant against the scalar one, measures it, and writes one line a case.</summary>
    public static void Run(TextWriter output)
    {
        float[] target = new float[Size * Size];
        float[] copy = new float[target.Length];
        (double copyTime, _) = Stopwatches.Measure(() => target.CopyTo(copy, 0));
        output.WriteLine($"bilinear resize to {Size}x{Size}: median us; copy of the target {1e3 * copyTime:F1} us");
        foreach (int side in new[] { 7, 14, 56, 112, 97 })
        {
            Random random = new(side);
            float[] map = Enumerable.Range(0, side * side).Select(_ => random.NextSingle()).ToArray();
            float[] expected = new float[target.Length];
            BilinearResize.Resize(map, side, side, expected, Size, Size, KernelVariant.Scalar);
            foreach (KernelVariant variant in new[] { KernelVariant.Scalar, KernelVariant.Vector256, KernelVariant.Vector512 })
            {
                BilinearResize.Resize(map, side, side, target, Size, Size, variant);
                ResizedExtrema.Find(map, side, side, Size, Size, out float least, out float greatest, variant);
                if (!target.AsSpan().SequenceEqual(expected) || least != expected.Min() || greatest != expected.Max())
                {
                    throw new InvalidOperationException($"{variant} differs from the scalar variant.");
                }

                (double resize, _) = Stopwatches.Measure(() => BilinearResize.Resize(map, side, side, target, Size, Size, variant), 0.1);
                (double extrema, _) = Stopwatches.Measure(() => ResizedExtrema.Find(map, side, side, Size, Size, out _, out _, variant), 0.1);
                output.WriteLine($"  {side,3} {variant,-10} resize {1e3 * resize,7:F1} us ({resize / copyTime:F1} copies), extremes {1e3 * extrema,7:F1} us");
            }
        }
    }
}

using CAManim.Native.Kernels;
using CAManim.Native.Kernels.Imputation;
using CAManim.Native.Kernels.Resize;

namespace CAManim.Native.Perf.Kernels;

/// <summary>Milliseconds a solve of the linear imputation on one core, set-up included, at 224x224x3.</summary>
public static class ImputationBenchmark
{
    private const int Size = 224;
    private const int Channels = 3;

    /// <summary>Solves with masks of maps upsampled from 7 to 112 pixels and of noise, 20 to 80 % removed, both orders.</summary>
    public static void Run(TextWriter output)
    {
        output.WriteLine($"linear imputation {Size}x{Size}x{Channels}: median ms a solve, iterations, GB/s of image read and written");
        float[] image = new float[Channels * Size * Size];
        Random random = new(1);
        for (int i = 0; i < image.Length; i++)
        {
            image[i] = (float)((random.NextDouble() * 0.5) + Math.Sin(i % Size * 0.05) + Math.Cos(i / Size * 0.04));
        }

        float[] result = new float[image.Length];
        ImputationWorkspace workspace = new();
        foreach (KernelVariant variant in new[] { KernelVariant.Vector256, KernelVariant.Vector512 })
        {
            double sum = 0;
            int count = 0;
            foreach (int side in new[] { 7, 14, 28, 56, 112, Size })
            {
                foreach (int percent in new[] { 20, 40, 60, 80 })
                {
                    foreach (bool leastFirst in new[] { false, true })
                    {
                        byte[] mask = Mask(side, percent, leastFirst);
                        ImputationOptions options = new() { Variant = variant };
                        ImputationResult outcome = LinearImputation.Solve(image, mask, Channels, Size, Size, result, options, workspace);
                        if (outcome.Status != ImputationStatus.Solved)
                        {
                            throw new InvalidOperationException($"{side} {percent} %: {outcome}");
                        }

                        (double time, double spread) = Stopwatches.Measure(
                            () => LinearImputation.Solve(image, mask, Channels, Size, Size, result, options, workspace), 0.06);
                        sum += time;
                        count++;
                        if (leastFirst)
                        {
                            output.WriteLine($"  {variant} map of {side,3}, {percent} % removed: {time:F3} ±{spread:F3} ms, {outcome.Iterations} iterations, {8.0 * image.Length / time / 1e6:F1} GB/s");
                        }
                    }
                }
            }

            output.WriteLine($"{variant}: mean of {count} masks {sum / count:F3} ms a solve");
        }
    }

    private static byte[] Mask(int side, int percent, bool leastFirst)
    {
        Random random = new(side);
        float[] small = new float[side * side];
        for (int i = 0; i < small.Length; i++)
        {
            small[i] = random.NextSingle();
        }

        float[] map = new float[Size * Size];
        BilinearResize.Resize(small, side, side, map, Size, Size);
        int[] order = Enumerable.Range(0, map.Length).ToArray();
        Array.Sort((float[])map.Clone(), order);
        byte[] mask = new byte[map.Length];
        int removed = map.Length * percent / 100;
        for (int i = 0; i < removed; i++)
        {
            mask[order[leastFirst ? i : map.Length - 1 - i]] = 1;
        }

        return mask;
    }
}

using CAManim.Native.Kernels;
using CAManim.Native.Kernels.Imputation;

namespace CAManim.Native.Perf.Kernels;

/// <summary>The linear imputation at 224x224x3, set-up included: milliseconds a solve, against SciPy's direct solver on the same masks in the same run.</summary>
public static class ImputationBenchmark
{
    private const float Tolerance = 1e-4f;

    // The runtime compiles hot loops again once it has seen them run; the first map must not pay for that.
    private const double WarmUpInSeconds = 1.5;

    /// <summary>Solves the eight masks of each map on one thread and on all, and writes a line a case.</summary>
    /// <param name="output">Where the lines go.</param>
    /// <param name="withScipy">Whether to run SciPy; without it true errors are not known.</param>
    public static void Run(TextWriter output, bool withScipy)
    {
        int threads = Environment.ProcessorCount;
        float[] image = ImputationCases.Image();
        output.WriteLine($"linear imputation {ImputationCases.Size}x{ImputationCases.Size}x{ImputationCases.Channels} to {Tolerance}: 8 masks a map (20 to 80 % removed, both orders), medians");
        output.WriteLine("GB/s: the image read and written once a solve; error: largest, against SciPy's float64 solution");
        List<(double One, double All, double Guaranteed, double Scipy)> sums = [];
        WarmUp(image, threads);
        foreach (int side in ImputationCases.Sides)
        {
            byte[] masks = ImputationCases.Masks(side);
            string name = side == ImputationCases.Size ? "noise" : $"map of {side}";
            sums.Add(RunMap(output, name, image, masks, threads, withScipy));
        }

        double one = sums.Sum(s => s.One);
        double all = sums.Sum(s => s.All);
        int count = sums.Count * ImputationCases.MasksOfMap;
        output.WriteLine($"all {count} solves: {one / count:F3} ms a solve on 1 thread, {all / count:F3} on {threads}; with a proven bound {sums.Sum(s => s.Guaranteed) / count:F3} on {threads}");
        if (sums.All(s => s.Scipy > 0))
        {
            double scipy = sums.Sum(s => s.Scipy);
            output.WriteLine($"SciPy: {scipy / count:F1} ms a solve, assembly included; {scipy / one:F0} times ours on 1 thread, {scipy / all:F0} times ours on {threads}");
        }
    }

    private static (double One, double All, double Guaranteed, double Scipy) RunMap(TextWriter output, string name, float[] image, byte[] masks, int threads, bool withScipy)
    {
        float[] results = new float[ImputationCases.MasksOfMap * image.Length];
        ImputationResult[] outcomes = new ImputationResult[ImputationCases.MasksOfMap];
        ImputationOptions options = new() { Tolerance = Tolerance };
        double[] single = [.. Enumerable.Range(0, outcomes.Length).Select(mask => SolveOne(image, masks, mask, options))];
        (double all, double spread) = Stopwatches.Measure(() => Solve(image, masks, results, outcomes, options, threads), 0.4);
        double guaranteed = RunGuaranteed(image, masks, threads);
        (double[] Milliseconds, double[] Solutions)? scipy = null;
        string reason = "not asked for";
        if (withScipy)
        {
            scipy = ScipyImputation.Run(image, masks, ImputationCases.Channels, ImputationCases.Size, ImputationCases.Size, out reason);
        }

        for (int mask = 0; mask < outcomes.Length; mask++)
        {
            if (outcomes[mask].Status != ImputationStatus.Solved)
            {
                throw new InvalidOperationException($"{name}, mask {mask}: {outcomes[mask]}");
            }

            string order = mask % 2 == 0 ? "most" : "least";
            string line = $"  {name,-10} {ImputationCases.Percent(mask)} % {order,-5} first: {single[mask]:F3} ms, {outcomes[mask].Iterations} iterations, {8.0 * image.Length / single[mask] / 1e6,4:F1} GB/s, estimated error {outcomes[mask].EstimatedError:E1}";
            if (scipy is { } peer)
            {
                double error = Error(results.AsSpan(mask * image.Length, image.Length), peer.Solutions.AsSpan(mask * image.Length, image.Length));
                line += $", error {error:E1}; SciPy {peer.Milliseconds[mask]:F0} ms, {peer.Milliseconds[mask] / single[mask]:F0} times";
                if (error > Tolerance)
                {
                    throw new InvalidOperationException($"{line}: above the tolerance");
                }
            }

            output.WriteLine(line);
        }

        double total = scipy?.Milliseconds.Sum() ?? 0;
        output.WriteLine($"  {name,-10} 8 solves: {single.Sum():F2} ms on 1 thread, {all:F2} ±{spread:F2} on {threads}"
            + (scipy is null ? $" (SciPy: {reason})" : $"; SciPy {total:F0} ms, {total / single.Sum():F0} and {total / all:F0} times"));
        return (single.Sum(), all, guaranteed, total);
    }

    private static double RunGuaranteed(float[] image, byte[] masks, int threads)
    {
        float[] results = new float[ImputationCases.MasksOfMap * image.Length];
        ImputationResult[] outcomes = new ImputationResult[ImputationCases.MasksOfMap];
        ImputationOptions options = new() { Tolerance = Tolerance, IsGuaranteed = true };
        double time = Stopwatches.Measure(() => Solve(image, masks, results, outcomes, options, threads), 0.2).Median;
        return outcomes.All(o => o.ErrorBound <= Tolerance) ? time : throw new InvalidOperationException(string.Join("; ", outcomes));
    }

    private static void WarmUp(float[] image, int threads)
    {
        byte[] masks = ImputationCases.Masks(ImputationCases.Sides[0]);
        float[] results = new float[ImputationCases.MasksOfMap * image.Length];
        ImputationResult[] outcomes = new ImputationResult[ImputationCases.MasksOfMap];
        foreach (bool isGuaranteed in (ReadOnlySpan<bool>)[true, false])
        {
            ImputationOptions options = new() { Tolerance = Tolerance, IsGuaranteed = isGuaranteed };
            Stopwatches.Measure(() => Solve(image, masks, results, outcomes, options, threads), WarmUpInSeconds);
        }
    }

    private static double SolveOne(float[] image, byte[] masks, int mask, ImputationOptions options)
    {
        float[] result = new float[image.Length];
        ImputationResult[] outcome = new ImputationResult[1];
        int pixels = image.Length / ImputationCases.Channels;
        byte[] removed = masks[(mask * pixels)..((mask + 1) * pixels)];
        return Stopwatches.Measure(() => Solve(image, removed, result, outcome, options, 1), 0.06).Median;
    }

    private static void Solve(float[] image, byte[] masks, float[] results, ImputationResult[] outcomes, ImputationOptions options, int threads) =>
        LinearImputation.SolveMany(image, masks, ImputationCases.Channels, ImputationCases.Size, ImputationCases.Size, results, outcomes, options, threads);

    private static double Error(ReadOnlySpan<float> result, ReadOnlySpan<double> reference)
    {
        double worst = 0;
        for (int i = 0; i < result.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(result[i] - reference[i]));
        }

        return worst;
    }
}

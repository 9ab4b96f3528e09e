using System.Runtime.CompilerServices;
using CAManim.Native.Kernels.Threads;

namespace CAManim.Native.Kernels.Imputation;

public static partial class LinearImputation
{
    /// <summary>Solves one image under many masks, mask by mask on the threads that are free.</summary>
    /// <param name="image">[C,H,W].</param>
    /// <param name="removed">[N,H,W], 0 = known.</param>
    /// <param name="channels">C, 1 or more.</param>
    /// <param name="height">H, 1 or more.</param>
    /// <param name="width">W, 1 or more.</param>
    /// <param name="results">[N,C,H,W], overwritten; memory of its own.</param>
    /// <param name="outcomes">[N]: what was done for each mask.</param>
    /// <param name="options">When to stop, and the variant.</param>
    /// <param name="threads">Threads that share the masks, this one included; 1 or more. Each keeps a workspace.</param>
    /// <remarks>A mask's result does not depend on the others nor on the number of threads. No allocation once every thread has its workspace.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A size or the number of threads is below 1, the tolerance is not above 0, or there is no iteration.</exception>
    /// <exception cref="ArgumentException">A span has another length, or image and results overlap.</exception>
    public static unsafe void SolveMany(
        ReadOnlySpan<float> image,
        ReadOnlySpan<byte> removed,
        int channels,
        int height,
        int width,
        Span<float> results,
        Span<ImputationResult> outcomes,
        ImputationOptions options,
        int threads)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Check(channels, height, width, options);
        long pixels = (long)height * width;
        if (image.Length != channels * pixels || removed.Length != outcomes.Length * pixels || results.Length != outcomes.Length * channels * pixels)
        {
            throw new ArgumentException(
                $"An image of {channels}x{height}x{width} is {channels * pixels} floats, its {outcomes.Length} masks {outcomes.Length * pixels} bytes and the results {outcomes.Length * channels * pixels} floats; got {image.Length}, {removed.Length} and {results.Length}.");
        }

        if (image.Overlaps(results))
        {
            throw new ArgumentException("Image and results overlap. Give the results memory of their own.", nameof(results));
        }

        fixed (float* source = image, target = results)
        fixed (byte* masks = removed)
        fixed (ImputationResult* outcome = outcomes)
        {
            Many many = new() { Image = source, Removed = masks, Channels = channels, Height = height, Width = width, Results = target, Outcomes = outcome, Options = options };

            // It holds a reference, and stays where it is: on this thread's stack until all shares are done.
            SharedWork.Run(&SolveShare, Unsafe.AsPointer(ref many), outcomes.Length, threads);
        }
    }

    private static unsafe void SolveShare(void* state, int mask)
    {
        ref Many many = ref Unsafe.AsRef<Many>(state);
        int pixels = many.Height * many.Width;
        int values = many.Channels * pixels;
        many.Outcomes[mask] = Solve(
            new ReadOnlySpan<float>(many.Image, values),
            new ReadOnlySpan<byte>(many.Removed + ((nint)mask * pixels), pixels),
            many.Channels,
            many.Height,
            many.Width,
            new Span<float>(many.Results + ((nint)mask * values), values),
            many.Options,
            ImputationWorkspace.OfThread);
    }

    private unsafe struct Many
    {
        public float* Image;
        public byte* Removed;
        public int Channels;
        public int Height;
        public int Width;
        public float* Results;
        public ImputationResult* Outcomes;
        public ImputationOptions Options;
    }
}

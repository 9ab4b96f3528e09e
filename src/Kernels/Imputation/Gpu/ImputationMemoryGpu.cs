using CAManim.Native.Kernels.Accelerators;
using ILGPU;

namespace CAManim.Native.Kernels.Imputation.Gpu;

/// <summary>Device memory of <see cref="LinearImputationGpu"/>: grows, and is used again.</summary>
internal sealed class ImputationMemoryGpu(KernelDevice device) : IDisposable
{
    private const int MatrixPlanes = 5;
    private const int TransferPlanes = 9;

    // Planes by system of the image's grid (three) and of a coarse grid (right-hand side, two corrections).
    private const int SystemPlanes = 3;

    private readonly GrowingBuffer<float> _floats = new(device);
    private readonly GrowingBuffer<SystemStateGpu> _states = new(device);
    private readonly GrowingBuffer<int> _counts = new(device);

    /// <summary>Floats that one mask takes.</summary>
    public static long FloatsOfMask(GridLayout image, int channels, int slots)
    {
        long floats = channels * ((SystemPlanes * (long)image.Height * image.Width) + slots);
        GridLayout layout = image;
        do
        {
            layout = layout.Coarser;
            floats += (long)layout.Height * layout.Width * (MatrixPlanes + 1 + TransferPlanes + (SystemPlanes * channels));
        }
        while (!layout.IsPoint);
        return floats;
    }

    /// <summary>Lays the batch out.</summary>
    /// <param name="image">The image's size.</param>
    /// <param name="masks">N.</param>
    /// <param name="channels">C.</param>
    /// <param name="slots">Changes kept a system.</param>
    /// <param name="levels">Filled with the coarse grids, finest first.</param>
    /// <param name="changes">[N,C,slots].</param>
    public ImputationBatchGpu Take(GridLayout image, int masks, int channels, int slots, List<ImputationLevelGpu> levels, out ArrayView<float> changes)
    {
        int systems = masks * channels;
        long taken = 0;
        ArrayView<float> floats = _floats.Take(masks * FloatsOfMask(image, channels, slots));
        int pixels = image.Height * image.Width;
        ImputationBatchGpu batch = new()
        {
            Height = image.Height,
            Width = image.Width,
            Channels = channels,
            Systems = systems,
            Current = Next(floats, ref taken, systems * pixels),
            Previous = Next(floats, ref taken, systems * pixels),
            Smoothed = Next(floats, ref taken, systems * pixels),
            States = _states.Take(systems),
            Counts = _counts.Take(masks),
        };
        changes = Next(floats, ref taken, systems * slots);
        levels.Clear();
        GridLayout layout = image;
        do
        {
            layout = layout.Coarser;
            int points = layout.Height * layout.Width;
            levels.Add(new ImputationLevelGpu
            {
                Height = layout.Height,
                Width = layout.Width,
                Masks = masks,
                Matrix = Next(floats, ref taken, MatrixPlanes * masks * points),
                Inverse = Next(floats, ref taken, masks * points),
                Transfer = Next(floats, ref taken, TransferPlanes * masks * points),
                Right = Next(floats, ref taken, systems * points),
                Before = Next(floats, ref taken, systems * points),
                After = Next(floats, ref taken, systems * points),
            });
        }
        while (!layout.IsPoint);

        // One point needs one smoothing.
        levels[^1] = levels[^1] with { After = levels[^1].Before };
        return batch;
    }

    public void Dispose()
    {
        _floats.Dispose();
        _states.Dispose();
        _counts.Dispose();
    }

    private static ArrayView<float> Next(ArrayView<float> floats, ref long taken, int count)
    {
        ArrayView<float> view = floats.SubView(taken, count);
        taken += count;
        return view;
    }
}

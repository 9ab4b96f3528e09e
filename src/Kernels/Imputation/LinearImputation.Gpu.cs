using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Imputation.Gpu;
using ILGPU;

namespace CAManim.Native.Kernels.Imputation;

/// <summary><see cref="LinearImputation"/> on a device: one image under many masks, all channels together.</summary>
/// <remarks>
/// <para>Definition, method, stopping rule, status and the rules for NaN are those of the CPU variants; the device rounds in another order,
/// so results agree within the tolerance, not to the bit. A system (one channel under one mask) is left alone once it is done: its result
/// depends neither on the other masks of the batch nor on how a batch is split. The same device gives the same bits.</para>
/// <para>One kernel a pass over all systems: smooth, restrict, then one kernel down and one up for each coarse grid, extrapolate, judge.
/// After each iteration the states (16 bytes a system) are read back. Memory: 12 bytes a pixel and system and about as much again for the
/// coarse grids; larger batches are solved in parts.</para>
/// <para>Checked on ILGPU's emulator and as PTX; not yet measured on a card.</para>
/// </remarks>
public sealed class LinearImputationGpu : IDisposable
{
    /// <summary>Counts of pixels up to here are exact in float32.</summary>
    private const int MostPixels = 1 << 24;

    private readonly KernelDevice _device;
    private readonly LaunchShape _shape;
    private readonly ImputationMemoryGpu _memory;
    private readonly List<ImputationLevelGpu> _levels = [];
    private readonly Action<KernelConfig, ImputationBatchGpu> _count;
    private readonly Action<KernelConfig, ImputationBatchGpu, ArrayView<float>> _start;
    private readonly Action<KernelConfig, ImputationBatchGpu, ImputationLevelGpu> _coarsenImage;
    private readonly Action<KernelConfig, ImputationLevelGpu, ImputationLevelGpu> _weigh;
    private readonly Action<KernelConfig, ImputationLevelGpu, ImputationLevelGpu> _coarsen;
    private readonly Action<KernelConfig, ImputationBatchGpu> _smooth;
    private readonly Action<KernelConfig, ImputationBatchGpu, ImputationLevelGpu> _restrictImage;
    private readonly Action<KernelConfig, ImputationBatchGpu, ImputationLevelGpu, ImputationLevelGpu> _restrict;
    private readonly Action<KernelConfig, ImputationBatchGpu, ImputationLevelGpu, ImputationLevelGpu> _correct;
    private readonly Action<KernelConfig, ImputationBatchGpu, ImputationLevelGpu, float, float, int, ArrayView<float>> _extrapolate;
    private readonly Action<KernelConfig, ImputationBatchGpu, int, ArrayView<float>, float> _judge;
    private readonly Action<KernelConfig, ImputationBatchGpu, ArrayView<float>, ArrayView<float>> _finish;
    private SystemStateGpu[] _states = [];
    private int[] _counts = [];

    /// <summary>Compiles the kernels for the device.</summary>
    /// <param name="device">Must outlive this object.</param>
    public LinearImputationGpu(KernelDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        (_device, _shape) = (device, device.Shape);
        _memory = new ImputationMemoryGpu(device);
        _count = device.Load<Action<KernelConfig, ImputationBatchGpu>>(LinearImputationGpuSetup.Count);
        _start = device.Load<Action<KernelConfig, ImputationBatchGpu, ArrayView<float>>>(LinearImputationGpuSetup.Start);
        _coarsenImage = device.Load<Action<KernelConfig, ImputationBatchGpu, ImputationLevelGpu>>(LinearImputationGpuSetup.CoarsenImage);
        _weigh = device.Load<Action<KernelConfig, ImputationLevelGpu, ImputationLevelGpu>>(LinearImputationGpuSetup.Weigh);
        _coarsen = device.Load<Action<KernelConfig, ImputationLevelGpu, ImputationLevelGpu>>(LinearImputationGpuSetup.Coarsen);
        _smooth = device.Load<Action<KernelConfig, ImputationBatchGpu>>(LinearImputationGpuKernels.Smooth);
        _restrictImage = device.Load<Action<KernelConfig, ImputationBatchGpu, ImputationLevelGpu>>(LinearImputationGpuKernels.RestrictImage);
        _restrict = device.Load<Action<KernelConfig, ImputationBatchGpu, ImputationLevelGpu, ImputationLevelGpu>>(LinearImputationGpuKernels.Restrict);
        _correct = device.Load<Action<KernelConfig, ImputationBatchGpu, ImputationLevelGpu, ImputationLevelGpu>>(LinearImputationGpuKernels.Correct);
        _extrapolate = device.Load<Action<KernelConfig, ImputationBatchGpu, ImputationLevelGpu, float, float, int, ArrayView<float>>>(LinearImputationGpuKernels.Extrapolate);
        _judge = device.Load<Action<KernelConfig, ImputationBatchGpu, int, ArrayView<float>, float>>(LinearImputationGpuKernels.Judge);
        _finish = device.Load<Action<KernelConfig, ImputationBatchGpu, ArrayView<float>, ArrayView<float>>>(LinearImputationGpuKernels.Finish);
    }

    /// <summary>Device memory that a batch may take before it is solved in parts; at least one mask is solved at a time. 1 GiB.</summary>
    public long WorkInBytes { get; init; } = 1L << 30;

    /// <summary>Solves, and returns when all is done.</summary>
    /// <param name="image">[C,H,W].</param>
    /// <param name="removed">[N,H,W], 0 = known.</param>
    /// <param name="channels">C, 1 or more.</param>
    /// <param name="height">H, 1 or more.</param>
    /// <param name="width">W, 1 or more; H·W up to 2^24.</param>
    /// <param name="result">[N,C,H,W], overwritten.</param>
    /// <param name="options">When to stop; the variant is not looked at.</param>
    /// <param name="outcomes">[N]: what was done for each mask.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range, the tolerance is not above 0, or there is no iteration.</exception>
    /// <exception cref="ArgumentException">A view or the outcomes have another length.</exception>
    public void Solve(
        ArrayView<float> image,
        ArrayView<byte> removed,
        int channels,
        int height,
        int width,
        ArrayView<float> result,
        ImputationOptions options,
        Span<ImputationResult> outcomes)
    {
        ArgumentNullException.ThrowIfNull(options);
        LinearImputation.Check(channels, height, width, options);
        GridLayout layout = new(height, width);
        long pixels = (long)height * width;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pixels, MostPixels);
        long masks = outcomes.Length;
        if (image.Length != channels * pixels || removed.Length != masks * pixels || result.Length != masks * channels * pixels)
        {
            throw new ArgumentException(
                $"An image of {channels}x{height}x{width} is {channels * pixels} floats, its {masks} masks {masks * pixels} bytes and the result {masks * channels * pixels} floats; got {image.Length}, {removed.Length} and {result.Length}.");
        }

        int slots = (int)((pixels + _shape.Threads - 1) / _shape.Threads) * (_shape.Threads / _shape.WarpSize);
        long floatsOfMask = ImputationMemoryGpu.FloatsOfMask(layout, channels, slots);

        // Kernels count in 32 bits.
        int most = (int)long.Clamp(long.Min(WorkInBytes / sizeof(float), int.MaxValue) / floatsOfMask, 1, int.Max(1, outcomes.Length));
        if (_counts.Length < most)
        {
            _counts = new int[most];
        }

        for (int from = 0; from < outcomes.Length; from += most)
        {
            int count = int.Min(most, outcomes.Length - from);
            ImputationBatchGpu batch = _memory.Take(layout, count, channels, slots, _levels, out ArrayView<float> changes) with
            {
                Removed = removed.SubView(from * pixels, count * pixels),
            };
            Prepare(batch, image);
            Iterate(batch, slots, changes, options);
            _finish(_shape.ForElements(batch.Systems * pixels), batch, image, result.SubView(from * channels * pixels, count * channels * pixels));
            _device.Read(batch.Counts, _counts.AsSpan(0, count));
            Judge(outcomes.Slice(from, count), channels, (int)pixels, options.Tolerance);
        }
    }

    /// <summary>Frees the work buffers.</summary>
    public void Dispose() => _memory.Dispose();

    private void Prepare(ImputationBatchGpu batch, ArrayView<float> image)
    {
        _count(_shape.For(batch.Systems / batch.Channels), batch);
        _start(_shape.ForElements((long)batch.Systems * batch.Pixels), batch, image);
        _coarsenImage(ForMasks(_levels[0]), batch, _levels[0]);
        for (int i = 0; i + 1 < _levels.Count; i++)
        {
            _weigh(ForMasks(_levels[i]), _levels[i], _levels[i + 1]);
            _coarsen(ForMasks(_levels[i + 1]), _levels[i], _levels[i + 1]);
        }
    }

    private void Iterate(ImputationBatchGpu batch, int slots, ArrayView<float> changes, ImputationOptions options)
    {
        if (_states.Length != batch.Systems)
        {
            _states = new SystemStateGpu[batch.Systems];
        }

        // Twice, so that the result is back in its place.
        ImputationBatchGpu swapped = batch with { Current = batch.Smoothed, Smoothed = batch.Current };
        ChebyshevSteps steps = new();
        KernelConfig forImages = _shape.ForElements((long)batch.Systems * batch.Pixels);
        KernelConfig forJudges = new(_shape.For(batch.Systems).GridDim.X, _shape.WarpSize);
        _smooth(forImages, batch);
        _smooth(forImages, swapped);
        _device.Read(batch.States, _states);
        for (int iteration = 0; iteration < options.MaximumIterations && IsAnyRunning(); iteration++)
        {
            _smooth(forImages, batch);
            _restrictImage(ForSystems(batch, _levels[0]), batch, _levels[0]);
            for (int i = 0; i + 1 < _levels.Count; i++)
            {
                _restrict(ForSystems(batch, _levels[i + 1]), batch, _levels[i], _levels[i + 1]);
            }

            for (int i = _levels.Count - 2; i >= 0; i--)
            {
                _correct(ForSystems(batch, _levels[i]), batch, _levels[i], _levels[i + 1]);
            }

            _extrapolate(forImages, batch, _levels[0], steps.A, steps.B, slots, changes);
            _judge(forJudges, batch, slots, changes, options.Tolerance);
            (batch.Current, batch.Previous) = (batch.Previous, batch.Current);
            steps.Next();
            _device.Read(batch.States, _states);
        }
    }

    private bool IsAnyRunning()
    {
        foreach (SystemStateGpu state in _states)
        {
            if (state.Status == SystemStateGpu.Running)
            {
                return true;
            }
        }

        return false;
    }

    private KernelConfig ForMasks(ImputationLevelGpu level) => _shape.ForElements((long)level.Masks * level.Points);

    private KernelConfig ForSystems(ImputationBatchGpu batch, ImputationLevelGpu level) => _shape.ForElements((long)batch.Systems * level.Points);

    // The outcome of a mask is that of its worst channel.
    private void Judge(Span<ImputationResult> outcomes, int channels, int pixels, float tolerance)
    {
        for (int mask = 0; mask < outcomes.Length; mask++)
        {
            int iterations = 0;
            float error = 0;
            ReadOnlySpan<SystemStateGpu> states = _states.AsSpan(mask * channels, channels);
            foreach (SystemStateGpu state in states)
            {
                iterations = int.Max(iterations, state.Iterations);
                error = float.Max(error, state.Status == SystemStateGpu.Broken ? float.NaN : state.EstimatedError);
            }

            int removed = _counts[mask];
            ImputationStatus status = removed == 0 ? ImputationStatus.NothingRemoved
                : removed == pixels ? ImputationStatus.EverythingRemoved
                : error <= tolerance ? ImputationStatus.Solved
                : ImputationStatus.NotConverged;
            outcomes[mask] = new ImputationResult(status, removed, iterations, error);
        }
    }
}

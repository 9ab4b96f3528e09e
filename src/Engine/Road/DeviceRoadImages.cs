using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Interop;
using CAManim.Native.Engine.Road.Masks;
using CAManim.Native.Kernels.Imputation;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Resize;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Road;

/// <summary>The images of <see cref="RoadSource"/> in exact mode, made on the network's device from maps that are copied there: some maps at a time.</summary>
/// <param name="kernels">The device's.</param>
/// <param name="device">The same for libtorch.</param>
/// <param name="image">[C,H,W].</param>
/// <param name="shape">C, H, W.</param>
/// <param name="options">Percentiles, noise, trials.</param>
/// <param name="maps">The maps.</param>
/// <param name="batchSize">Images a forward.</param>
internal sealed class DeviceRoadImages(
    DeviceKernels kernels, Device device, float[] image, (int Channels, int Height, int Width) shape, RoadOptions options, IReadOnlyList<ScoredMap> maps, int batchSize)
{
    private readonly ImputationOptions _imputation = KernelImputer.OptionsFor(image);
    private readonly int _steps = 2 * options.Percentiles.Count;

    /// <summary>Images [n,C,H,W] on the device, the caller's, and what they are.</summary>
    public IEnumerable<(Tensor Images, RoadItem[] Items)> Batches()
    {
        int trials = Math.Clamp(batchSize / _steps, 1, options.Trials);
        int together = Math.Max(1, batchSize / (_steps * trials));
        foreach (ScoredMap[] chunk in maps.Where(HasRanking).Chunk(together))
        {
            for (int first = 0; first < options.Trials; first += trials)
            {
                yield return Make(chunk, first, Math.Min(trials, options.Trials - first));
            }
        }
    }

    private (Tensor Images, RoadItem[] Items) Make(ScoredMap[] chunk, int firstTrial, int trials)
    {
        RoadItem[] items = [.. from map in chunk from step in Enumerable.Range(0, _steps) from trial in Enumerable.Range(firstTrial, trials) select new RoadItem(map, step, trial)];
        NoiseKey[] keys = [.. items.Select(i => RoadNoise.Key(options.Seed, i.Trial, i.Map.NoiseLayer, options.Percentiles[i.Step / 2], i.Step % 2 == 0))];
        Tensor images = empty([items.Length, shape.Channels, shape.Height, shape.Width], ScalarType.Float32, device).DetachFromDisposeScope();
        try
        {
            lock (kernels.Gate)
            {
                if (firstTrial == 0)
                {
                    Solve(chunk);
                }

                kernels.Removal.Write(kernels.Device.View<float>(TensorMemory.AddressOf(images), images.numel()), options.Noise, keys);
            }

            return (images, items);
        }
        catch
        {
            images.Dispose();
            throw;
        }
    }

    private void Solve(ScoredMap[] chunk)
    {
        int[] counts = new int[chunk.Length * _steps];
        kernels.Removal.Begin(image, shape.Channels, shape.Height, shape.Width, chunk.Length, _steps);
        for (int m = 0; m < chunk.Length; m++)
        {
            LayerMap map = chunk[m].Layers[0];
            kernels.Removal.Load(m, map.SignedMap.Span, map.Height, map.Width, _steps);
            for (int step = 0; step < _steps; step++)
            {
                int count = counts[(m * _steps) + step] = ExactMasks.Count(options.Percentiles[step / 2], shape.Height * shape.Width);
                chunk[m].SetRemoval(step, new Removal(count, null));
            }
        }

        kernels.Removal.Solve(counts, _imputation);
    }

    // Maps are small, and the answer is the processor's.
    private bool HasRanking(ScoredMap scored)
    {
        LayerMap map = scored.Layers[0];
        ReadOnlySpan<float> values = map.SignedMap.Span;
        string? reason = values.ContainsAnyNonFinite() ? RemovalMasks.NotFinite : IsConstant(map) ? ExactMasks.Constant : null;
        if (reason is not null)
        {
            scored.Skip(reason);
        }

        return reason is null;
    }

    private bool IsConstant(LayerMap map)
    {
        ReadOnlySpan<float> values = map.SignedMap.Span;
        if (map.Height <= shape.Height && map.Width <= shape.Width)
        {
            return !values.ContainsAnyExcept(values[0]);
        }

        float[] resized = new float[shape.Height * shape.Width];
        BilinearResize.Resize(values, map.Height, map.Width, resized, shape.Height, shape.Width);
        return !resized.AsSpan().ContainsAnyExcept(resized[0]);
    }
}

using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Imputation.Gpu;
using CAManim.Native.Kernels.Resize;
using CAManim.Native.Kernels.Selection;
using ILGPU;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>One image with pixels removed by the ranking of maps, filled and noisy, made on a device from the maps to the images.</summary>
/// <remarks>
/// Masks are those of the processor to the bit, imputed values agree within the tolerance, and noise is that of
/// <see cref="ImputationNoise"/>. A removal of all pixels leaves zeros. Checked on ILGPU's emulator and as PTX; not yet run on a card.
/// </remarks>
public sealed class RemovalImagesGpu : IDisposable
{
    private readonly KernelDevice _device;
    private readonly BilinearResizeGpu _resize;
    private readonly PixelSelectionGpu _selection;
    private readonly LinearImputationGpu _imputation;
    private readonly KernelBuffer<float> _tables;
    private readonly GrowingBuffer<float> _map;
    private readonly GrowingBuffer<float> _values;
    private readonly GrowingBuffer<int> _counts;
    private readonly GrowingBuffer<float> _thresholds;
    private readonly GrowingBuffer<byte> _removed;
    private readonly GrowingBuffer<float> _image;
    private readonly GrowingBuffer<float> _solved;
    private readonly GrowingBuffer<ulong> _streams;
    private readonly Action<KernelConfig, ArrayView<byte>, int> _turn;
    private readonly Action<KernelConfig, ArrayView<float>, ArrayView<byte>, ArrayView<ulong>, ArrayView<float>, int, int, int, float, ArrayView<float>> _noise;
    private (int Channels, int Height, int Width) _shape;
    private int _masks;

    /// <summary>Compiles the kernels for the device.</summary>
    /// <param name="device">Must outlive this object.</param>
    public RemovalImagesGpu(KernelDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        _device = device;
        (_resize, _selection, _imputation) = (new BilinearResizeGpu(device), new PixelSelectionGpu(device), new LinearImputationGpu(device));
        (_map, _values, _thresholds, _image, _solved) = (new(device), new(device), new(device), new(device), new(device));
        (_counts, _removed, _streams) = (new(device), new(device), new(device));
        _tables = device.Allocate<float>(Ziggurat.Tables);
        _turn = device.Load<Action<KernelConfig, ArrayView<byte>, int>>(RemovalImagesGpuKernels.TurnEven);
        _noise = device.Load<Action<KernelConfig, ArrayView<float>, ArrayView<byte>, ArrayView<ulong>, ArrayView<float>, int, int, int, float, ArrayView<float>>>(RemovalImagesGpuKernels.AddNoise);
    }

    /// <summary>Begins with the images of some maps.</summary>
    /// <param name="image">[C,H,W].</param>
    /// <param name="channels">C.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="maps">How many maps will be selected by.</param>
    /// <param name="steps">Masks of each, an even number: most relevant first, least relevant first, in turns.</param>
    public void Begin(ReadOnlySpan<float> image, int channels, int height, int width, int maps, int steps)
    {
        (_shape, _masks) = ((channels, height, width), maps * steps);
        _device.Write(image, _image.Take(image.Length));
        _values.Take((long)_masks * height * width);
        _removed.Take((long)_masks * height * width);
    }

    /// <summary>Ranks by a map, which is resized first.</summary>
    /// <param name="index">Which of the maps, from 0.</param>
    /// <param name="map">[h,w], finite.</param>
    /// <param name="height">h.</param>
    /// <param name="width">w.</param>
    /// <param name="steps">As <see cref="Begin"/> was told.</param>
    public void Load(int index, ReadOnlySpan<float> map, int height, int width, int steps)
    {
        long pixels = (long)_shape.Height * _shape.Width;
        ArrayView<float> values = Values;
        ArrayView<float> first = values.SubView(index * steps * pixels, pixels);
        ArrayView<float> source = _map.Take(map.Length);
        _device.Write(map, source);
        _resize.Resize(source, height, width, first, _shape.Height, _shape.Width);
        for (int step = 1; step < steps; step++)
        {
            _device.Copy(first, values.SubView(((index * steps) + step) * pixels, pixels));
        }
    }

    /// <summary>Selects and fills.</summary>
    /// <param name="counts">Pixels to remove [maps·steps].</param>
    /// <param name="options">When the imputation stops.</param>
    public void Solve(ReadOnlySpan<int> counts, ImputationOptions options)
    {
        (int channels, int height, int width) = _shape;
        int pixels = height * width;

        // The most relevant are what the least relevant leave.
        int[] smallest = new int[counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            smallest[i] = i % 2 == 0 ? pixels - counts[i] : counts[i];
        }

        ArrayView<int> deviceCounts = _counts.Take(counts.Length);
        _device.Write<int>(smallest, deviceCounts);
        ArrayView<byte> removed = Removed;
        _selection.MarkSmallest(Values, deviceCounts, removed, _thresholds.Take(counts.Length));
        _turn(_device.Shape.ForElements(removed.Length), removed, pixels);
        int size = channels * pixels;
        ArrayView<float> solved = _solved.Take((long)_masks * size);
        ImputationResult[] outcomes = new ImputationResult[_masks];
        _imputation.Solve(_image.Take(size), removed, channels, height, width, solved, options, outcomes);
        for (int mask = 0; mask < outcomes.Length; mask++)
        {
            if (outcomes[mask].Status == ImputationStatus.EverythingRemoved)
            {
                _device.Clear(solved.SubView((long)mask * size, size));
            }
        }
    }

    /// <summary>Writes images with noise; calls put work on the device and return.</summary>
    /// <param name="images">[N,C,H,W], N the number of keys; written in the order masks, trials.</param>
    /// <param name="sigma">Deviation of the noise, 0 or more.</param>
    /// <param name="keys">Of each image, as many for each mask.</param>
    public void Write(ArrayView<float> images, float sigma, ReadOnlySpan<NoiseKey> keys)
    {
        (int channels, int height, int width) = _shape;
        int pixels = height * width;
        ulong[] streams = new ulong[keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            streams[i] = ImputationNoise.Hash(keys[i]);
        }

        ArrayView<ulong> deviceStreams = _streams.Take(streams.Length);
        _device.Write<ulong>(streams, deviceStreams);
        _noise(
            _device.Shape.ForElements(images.Length), _solved.Take((long)_masks * channels * pixels), Removed, deviceStreams, _tables.View, keys.Length / _masks, pixels, channels * pixels, sigma, images);
    }

    /// <summary>The masks [maps·steps,H,W] as they were selected, 1 where a pixel is removed.</summary>
    public ArrayView<byte> Removed => _removed.Take((long)_masks * _shape.Height * _shape.Width);

    private ArrayView<float> Values => _values.Take((long)_masks * _shape.Height * _shape.Width);

    /// <summary>Frees the work buffers.</summary>
    public void Dispose()
    {
        foreach (IDisposable memory in (IDisposable[])[_resize, _imputation, _tables, _map, _values, _counts, _thresholds, _removed, _image, _solved, _streams])
        {
            memory.Dispose();
        }
    }
}

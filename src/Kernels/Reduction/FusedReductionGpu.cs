using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Extrema;
using CAManim.Native.Kernels.Reduction.Fours;
using ILGPU;

namespace CAManim.Native.Kernels.Reduction;

/// <summary>A layer's activation and gradient on a device to its signed map, its map and what is known of its values, in one go.</summary>
/// <remarks>
/// <para>signed map = <see cref="MapReduction"/> of A and G; map = max(signed map, 0), NaN kept; the extremes are those of the map, NaN passed
/// over, as in <see cref="MapExtrema"/>; a slot also says whether the signed map holds NaN or infinity. A and G are float32, float16 or
/// bfloat16, read where they lie; sums are float32 and agree with the scalar variant to rounding (a few 1e-7 of the sum of the terms' magnitudes).</para>
/// <para>Tensors whose h·w is no multiple of four (7x7), or that start at an odd place, are read one element a load, 16-bit ones widened first.</para>
/// <para>Checked on ILGPU's emulator, and as PTX for 16-byte loads; not yet run on a card. Calls put work on the device and return.</para>
/// </remarks>
public sealed class FusedReductionGpu : IDisposable
{
    // Channels that a part must keep, so that its warps have several each; fours of a segment, so that its lanes have several each.
    private const int FewestChannelsOfPart = 16;
    private const int FewestFoursOfSegment = 64;

    private readonly KernelDevice _device;
    private readonly LaunchShape _shape;
    private readonly MapReductionGpu _narrow;
    private readonly Typed<FloatFour> _floats;
    private readonly Typed<HalfFour> _halves;
    private readonly Typed<BrainFour> _brains;
    private readonly Action<KernelConfig, ArrayView<float>, FusedShape, int, ArrayView<float>> _finishWeights;
    private readonly Action<KernelConfig, ArrayView<FloatFour>, FusedShape, FusedMap> _addParts;
    private readonly Action<KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<int>, int> _rectify;
    private readonly Action<KernelConfig, ArrayView<ushort>, int, ArrayView<float>> _widen;
    private readonly GrowingBuffer<float> _weights;
    private readonly GrowingBuffer<float> _segments;
    private readonly GrowingBuffer<FloatFour> _partials;
    private readonly GrowingBuffer<float> _activation;
    private readonly GrowingBuffer<float> _gradient;

    /// <summary>Compiles the kernels for the device.</summary>
    /// <param name="device">Must outlive this object.</param>
    public FusedReductionGpu(KernelDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        (_device, _shape) = (device, device.Shape);
        _narrow = new MapReductionGpu(device);
        _floats = new Typed<FloatFour>(device, FusedReductionGpuKernels.AddFloats, FusedReductionGpuKernels.SumFloats);
        _halves = new Typed<HalfFour>(device, FusedReductionGpuKernels.AddHalves, FusedReductionGpuKernels.SumHalves);
        _brains = new Typed<BrainFour>(device, FusedReductionGpuKernels.AddBrains, FusedReductionGpuKernels.SumBrains);
        _finishWeights = device.Load<Action<KernelConfig, ArrayView<float>, FusedShape, int, ArrayView<float>>>(FusedReductionGpuKernels.FinishWeights);
        _addParts = device.Load<Action<KernelConfig, ArrayView<FloatFour>, FusedShape, FusedMap>>(FusedReductionGpuKernels.AddParts);
        _rectify = device.Load<Action<KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<int>, int>>(FusedReductionGpuKernels.Rectify);
        _widen = device.Load<Action<KernelConfig, ArrayView<ushort>, int, ArrayView<float>>>(FusedReductionGpuKernels.Widen);
        _weights = new GrowingBuffer<float>(device);
        _segments = new GrowingBuffer<float>(device);
        _partials = new GrowingBuffer<FloatFour>(device);
        _activation = new GrowingBuffer<float>(device);
        _gradient = new GrowingBuffer<float>(device);
    }

    /// <summary>Reduces one image of a batch.</summary>
    /// <param name="weighting">The formula.</param>
    /// <param name="activation">A [N,C,h·w].</param>
    /// <param name="gradient">G [N,C,h·w], of the same type.</param>
    /// <param name="image">Which of the N.</param>
    /// <param name="channels">C, 1 or more.</param>
    /// <param name="signedMap">[h·w], overwritten.</param>
    /// <param name="map">[h·w], overwritten.</param>
    /// <param name="slots">Where what is known of the values is gathered.</param>
    /// <param name="slot">Which slot.</param>
    /// <param name="tracksExtrema">Whether the extremes are gathered too, at the map's own size.</param>
    /// <exception cref="ArgumentException">A, G or a map has another size, or A and G another type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">C is below 1 or the weighting unknown.</exception>
    public void Reduce(
        Weighting weighting,
        DeviceTensor activation,
        DeviceTensor gradient,
        int image,
        int channels,
        ArrayView<float> signedMap,
        ArrayView<float> map,
        ExtremaSlots slots,
        int slot,
        bool tracksExtrema)
    {
        ArgumentNullException.ThrowIfNull(slots);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        int n = signedMap.IntLength;
        long count = (long)channels * n;
        if (map.Length != n || n == 0 || activation.Type != gradient.Type || activation.Count != gradient.Count || (image + 1) * count > activation.Count)
        {
            throw new ArgumentException(
                $"Image {image} of {channels} channels of {n} pixels was asked for, its map of {map.Length}; A holds {activation.Count} {activation.Type}, G {gradient.Count} {gradient.Type}.", nameof(activation));
        }

        bool isWide = n % 4 == 0 && activation.IsWide && gradient.IsWide && AddressSpace.AddressOf(signedMap) % 16 == 0 && AddressSpace.AddressOf(map) % 16 == 0;
        if (!isWide)
        {
            _narrow.Reduce(weighting, Narrow(activation, image * count, count, _activation), Narrow(gradient, image * count, count, _gradient), channels, signedMap);
            _rectify(_shape.ForElements(n), signedMap, map, slots.Slot(slot), tracksExtrema ? 1 : 0);
            return;
        }

        FusedMap target = new() { Signed = signedMap.Cast<FloatFour>(), Map = map.Cast<FloatFour>(), Slot = slots.Slot(slot), TracksExtrema = tracksExtrema ? 1 : 0 };
        FusedShape shape = new() { Channels = channels, Fours = n / 4, Weighting = (int)weighting };
        switch (activation.Type)
        {
            case ElementType.Float32:
                Reduce(_floats, activation.Part<FloatFour>(image * count, count), gradient.Part<FloatFour>(image * count, count), shape, target);
                break;
            case ElementType.Float16:
                Reduce(_halves, activation.Part<HalfFour>(image * count, count), gradient.Part<HalfFour>(image * count, count), shape, target);
                break;
            default:
                Reduce(_brains, activation.Part<BrainFour>(image * count, count), gradient.Part<BrainFour>(image * count, count), shape, target);
                break;
        }
    }

    /// <summary>Frees the work buffers.</summary>
    public void Dispose()
    {
        _narrow.Dispose();
        _weights.Dispose();
        _segments.Dispose();
        _partials.Dispose();
        _activation.Dispose();
        _gradient.Dispose();
    }

    private void Reduce<TFour>(Typed<TFour> kernels, ArrayView<TFour> a, ArrayView<TFour> g, FusedShape shape, FusedMap map)
        where TFour : unmanaged
    {
        ArrayView<float> weights = _weights.Take(shape.Channels);
        Weighting weighting = (Weighting)shape.Weighting;
        if (weighting is Weighting.GradCam or Weighting.XGradCam or Weighting.GradCamPlusPlus)
        {
            Weigh(kernels, a, g, shape, isSecond: 0, weights);
            if (weighting == Weighting.GradCamPlusPlus)
            {
                Weigh(kernels, a, g, shape, isSecond: 1, weights);
            }
        }

        int tiles = (shape.Fours + _shape.WarpSize - 1) / _shape.WarpSize;
        shape.Parts = int.Clamp(_shape.Groups / tiles, 1, int.Max(1, shape.Channels / FewestChannelsOfPart));
        ArrayView<FloatFour> partials = _partials.Take(shape.Parts == 1 ? 1 : (long)shape.Parts * shape.Fours);
        kernels.Add(_shape.For((long)tiles * shape.Parts), a, g, weights, shape, partials, map);
        if (shape.Parts > 1)
        {
            _addParts(_shape.ForElements(shape.Fours), partials, shape, map);
        }
    }

    private void Weigh<TFour>(Typed<TFour> kernels, ArrayView<TFour> a, ArrayView<TFour> g, FusedShape shape, int isSecond, ArrayView<float> weights)
        where TFour : unmanaged
    {
        int warps = _shape.Groups * (_shape.Threads / _shape.WarpSize);
        shape.Parts = int.Clamp(warps / shape.Channels, 1, int.Max(1, shape.Fours / FewestFoursOfSegment));
        int items = shape.Channels * shape.Parts;
        ArrayView<float> segments = _segments.Take(2L * items);
        kernels.Sum(_shape.ForElements((long)items * _shape.WarpSize), a, g, shape, isSecond, weights, segments);
        _finishWeights(_shape.ForElements(shape.Channels), segments, shape, isSecond, weights);
    }

    private ArrayView<float> Narrow(DeviceTensor tensor, long first, long count, GrowingBuffer<float> buffer)
    {
        if (tensor.Type == ElementType.Float32)
        {
            return tensor.Part<float>(first, count);
        }

        ArrayView<float> floats = buffer.Take(count);
        _widen(_shape.ForElements(count), tensor.Part<ushort>(first, count), tensor.Type == ElementType.Float16 ? 1 : 0, floats);
        return floats;
    }

    /// <summary>The kernels of one element type.</summary>
    private sealed class Typed<TFour>(KernelDevice device, Delegate add, Delegate sum)
        where TFour : unmanaged
    {
        public Action<KernelConfig, ArrayView<TFour>, ArrayView<TFour>, ArrayView<float>, FusedShape, ArrayView<FloatFour>, FusedMap> Add { get; } =
            device.Load<Action<KernelConfig, ArrayView<TFour>, ArrayView<TFour>, ArrayView<float>, FusedShape, ArrayView<FloatFour>, FusedMap>>(add);

        public Action<KernelConfig, ArrayView<TFour>, ArrayView<TFour>, FusedShape, int, ArrayView<float>, ArrayView<float>> Sum { get; } =
            device.Load<Action<KernelConfig, ArrayView<TFour>, ArrayView<TFour>, FusedShape, int, ArrayView<float>, ArrayView<float>>>(sum);
    }
}

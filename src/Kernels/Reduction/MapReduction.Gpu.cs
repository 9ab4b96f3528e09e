using CAManim.Native.Kernels.Accelerators;
using ILGPU;

namespace CAManim.Native.Kernels.Reduction;

/// <summary><see cref="MapReduction"/> on a device, on memory of the device.</summary>
/// <remarks>
/// <para>Formulas, shapes and the rules for NaN, infinity and empty tensors are those of <see cref="MapReduction"/>; the order of the
/// additions is not, so results agree to rounding (a few 1e-7 of the sum of the terms' magnitudes). The same device gives the same bits.</para>
/// <para>Checked on ILGPU's emulator and as PTX; not yet measured on a card.</para>
/// <para>Calls put work on the device and return; nothing is read back. Work buffers grow and are used again.</para>
/// </remarks>
public sealed class MapReductionGpu : IDisposable
{
    // Channels a part must keep, so that its warps have several each.
    private const int FewestChannelsOfPart = 16;

    private readonly KernelDevice _device;
    private readonly LaunchShape _shape;
    private readonly Action<KernelConfig, ArrayView<float>, ArrayView<float>, int, int, int, ArrayView<float>> _weigh;
    private readonly Action<KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<float>, int, int, int, int, ArrayView<float>> _addChannels;
    private readonly Action<KernelConfig, ArrayView<float>, int, int, ArrayView<float>> _addParts;
    private readonly GrowingBuffer<float> _weights;
    private readonly GrowingBuffer<float> _partials;

    /// <summary>Compiles the kernels for the device.</summary>
    /// <param name="device">Must outlive this object.</param>
    public MapReductionGpu(KernelDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        (_device, _shape) = (device, device.Shape);
        _weigh = device.Load<Action<KernelConfig, ArrayView<float>, ArrayView<float>, int, int, int, ArrayView<float>>>(MapReductionGpuKernels.Weigh);
        _addChannels = device.Load<Action<KernelConfig, ArrayView<float>, ArrayView<float>, ArrayView<float>, int, int, int, int, ArrayView<float>>>(MapReductionGpuKernels.AddChannels);
        _addParts = device.Load<Action<KernelConfig, ArrayView<float>, int, int, ArrayView<float>>>(MapReductionGpuKernels.AddParts);
        _weights = new GrowingBuffer<float>(device);
        _partials = new GrowingBuffer<float>(device);
    }

    /// <summary>S of A and G.</summary>
    /// <param name="weighting">The formula.</param>
    /// <param name="activation">A [C,h·w].</param>
    /// <param name="gradient">G [C,h·w].</param>
    /// <param name="channels">C, 0 or more.</param>
    /// <param name="signedMap">S [h·w], overwritten.</param>
    /// <exception cref="ArgumentException">A or G does not hold C·h·w floats.</exception>
    /// <exception cref="ArgumentOutOfRangeException">C is negative or the weighting unknown.</exception>
    public void Reduce(
        Weighting weighting, ArrayView<float> activation, ArrayView<float> gradient, int channels, ArrayView<float> signedMap)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channels);
        if (weighting is < Weighting.GradCam or > Weighting.LayerCam)
        {
            throw new ArgumentOutOfRangeException(nameof(weighting), weighting, "Not a weighting.");
        }

        Check(activation, channels, signedMap, nameof(activation));
        Check(gradient, channels, signedMap, nameof(gradient));
        int n = signedMap.IntLength;
        if (n == 0 || channels == 0)
        {
            _device.Clear(signedMap);
            return;
        }

        ArrayView<float> weights = _weights.Take(channels);
        if (weighting is Weighting.GradCam or Weighting.GradCamPlusPlus or Weighting.XGradCam)
        {
            _weigh(_shape.For(channels), activation, gradient, channels, n, (int)weighting, weights);
        }

        Add(activation, gradient, weights, channels, (int)weighting, signedMap);
    }

    /// <summary>S = sum_k w_k A_k.</summary>
    /// <param name="activation">A [C,h·w].</param>
    /// <param name="weights">w [C].</param>
    /// <param name="signedMap">S [h·w], overwritten; 0 where C is 0.</param>
    /// <exception cref="ArgumentException">A does not hold C·h·w floats.</exception>
    public void WeightedSum(ArrayView<float> activation, ArrayView<float> weights, ArrayView<float> signedMap)
    {
        Check(activation, weights.Length, signedMap, nameof(activation));
        if (signedMap.Length == 0 || weights.Length == 0)
        {
            _device.Clear(signedMap);
            return;
        }

        Add(activation, activation, weights, weights.IntLength, (int)Weighting.GradCam, signedMap);
    }

    /// <summary>Frees the work buffers.</summary>
    public void Dispose()
    {
        _weights.Dispose();
        _partials.Dispose();
    }

    private static void Check(ArrayView<float> tensor, long channels, ArrayView<float> map, string name)
    {
        if (tensor.Length != channels * map.Length)
        {
            throw new ArgumentException(
                $"{channels} channels of {map.Length} pixels (the length of the signed map) are {channels * map.Length} floats; the {name} holds {tensor.Length}.", name);
        }
    }

    private void Add(
        ArrayView<float> activation, ArrayView<float> gradient, ArrayView<float> weights, int channels, int weighting, ArrayView<float> map)
    {
        int n = map.IntLength;
        int tiles = (n + _shape.WarpSize - 1) / _shape.WarpSize;
        int parts = int.Clamp(_shape.Groups / tiles, 1, int.Max(1, channels / FewestChannelsOfPart));
        ArrayView<float> partials = parts == 1 ? map : _partials.Take((long)parts * n);
        _addChannels(_shape.For((long)tiles * parts), activation, gradient, weights, channels, n, weighting, parts, partials);
        if (parts > 1)
        {
            _addParts(_shape.ForElements(n), partials, parts, n, map);
        }
    }
}

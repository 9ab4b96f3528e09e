using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Interop;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Extrema;
using CAManim.Native.Kernels.Reduction;
using ILGPU;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Devices;

/// <summary>
/// The maps of one run on a device: layer by layer, kernels on libtorch's stream read activation and gradient where they lie and leave the maps and
/// their extremes on the device; <see cref="Finish"/> waits once and fetches everything. Then the next run may begin in the same memory.
/// </summary>
/// <remarks>
/// Nothing is read back between layers, so the backward pass is never waited for. The memory of a gradient may be given to another tensor as soon
/// as the tap returns: that tensor is written by later work of the same stream.
/// </remarks>
internal sealed class DeviceReduction(DeviceKernels kernels, Device device, int inputHeight, int inputWidth) : IDisposable
{
    private readonly MapStore _store = new(device);
    private readonly List<Pending> _pending = [];
    private readonly List<ExtremaSlots> _slots = [];

    // Slots of one batch of layers; another batch is begun when they are used up.
    private const int SlotsOfBatch = 512;

    /// <summary>The kernels' device for a tensor: its card, or the emulator where it is asked for; null for the vector code of the processor.</summary>
    public static DeviceReduction? For(Tensor input, CamOptions options) =>
        DeviceKernels.For(input, options.EmulatesKernels) is { } kernels ? new DeviceReduction(kernels, input.device, (int)input.shape[2], (int)input.shape[3]) : null;

    /// <summary>Puts a layer's reduction on the device.</summary>
    /// <param name="weighting">The formula.</param>
    /// <param name="activation">A [N,C,h,w].</param>
    /// <param name="gradient">G, the same shape.</param>
    /// <returns>A map for each image, once <see cref="Finish"/> has filled them.</returns>
    public TapMap[] Queue(Weighting weighting, Tensor activation, Tensor gradient)
    {
        (int images, int channels, int height, int width) = ((int)activation.shape[0], (int)activation.shape[1], (int)activation.shape[2], (int)activation.shape[3]);
        TapMap[] maps = new TapMap[images];
        lock (kernels.Gate)
        {
            DeviceTensor a = View(activation);
            DeviceTensor g = View(gradient);
            bool isInputSize = (height, width) == (inputHeight, inputWidth);
            for (int n = 0; n < images; n++)
            {
                (MapRoom signed, nint signedAddress) = _store.Take(height * width);
                (MapRoom map, nint mapAddress) = _store.Take(height * width);
                (ExtremaSlots slots, int slot) = TakeSlot();
                ArrayView<float> mapView = kernels.Device.View<float>(mapAddress, map.Length);
                kernels.Reduction.Reduce(weighting, a, g, n, channels, kernels.Device.View<float>(signedAddress, signed.Length), mapView, slots, slot, isInputSize);
                if (!isInputSize)
                {
                    kernels.Resize.AddExtrema(mapView, height, width, inputHeight, inputWidth, slots, slot);
                }

                _pending.Add(new Pending(maps, n, channels, height, width, signed, map, _pending.Count / SlotsOfBatch, slot));
            }
        }

        return maps;
    }

    /// <summary>Waits for the device and fills all maps.</summary>
    public void Finish()
    {
        if (_pending.Count == 0)
        {
            return;
        }

        lock (kernels.Gate)
        {
            _store.Fetch();
            (float Minimum, float Maximum, bool HasNonFinite)[][] extrema = [.. _slots.Take(_pending[^1].Batch + 1).Select(s => s.Read())];
            foreach (Pending p in _pending)
            {
                (float minimum, float maximum, bool hasNonFinite) = extrema[p.Batch][p.Slot];
                p.Maps[p.Image] = new TapMap(p.Channels, p.Height, p.Width, _store.Read(p.Signed), _store.Read(p.Map), hasNonFinite) { Minimum = minimum, Maximum = maximum };
            }

            Forget();
        }
    }

    /// <summary>Drops what was put on the device and not fetched, after an error.</summary>
    public void Forget()
    {
        _pending.Clear();
        _store.Reset();
    }

    public void Dispose()
    {
        _slots.ForEach(s => s.Dispose());
        _store.Dispose();
    }

    private DeviceTensor View(Tensor tensor) => new(kernels.Device, TensorMemory.AddressOf(tensor), tensor.numel(), TensorMemory.TypeOf(tensor)!.Value);

    private (ExtremaSlots Slots, int Slot) TakeSlot()
    {
        (int batch, int slot) = Math.DivRem(_pending.Count, SlotsOfBatch);
        if (batch == _slots.Count)
        {
            _slots.Add(new ExtremaSlots(kernels.Device, SlotsOfBatch));
        }
        else if (slot == 0)
        {
            _slots[batch].Clear();
        }

        return (_slots[batch], slot);
    }

    private readonly record struct Pending(TapMap[] Maps, int Image, int Channels, int Height, int Width, MapRoom Signed, MapRoom Map, int Batch, int Slot);
}

using System.Runtime.InteropServices;
using CAManim.Native.Kernels;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Extrema;
using CAManim.Native.Kernels.Reduction;

namespace CAManim.Native.Perf.Gpu.Cases;

/// <summary>Activation and gradient to maps: the layers of a ResNet, as many images as outgrow the second-level cache.</summary>
internal static class ReductionCases
{
    // Sums of up to 2048 channels of values up to 1 in another order.
    private const double TolerancePerChannel = 2e-6;
    private const long BytesOfBatch = 256L << 20;

    private static readonly (int Channels, int Side)[] Sizes = [(64, 112), (256, 56), (512, 28), (1024, 14), (2048, 7)];
    private static readonly (int Channels, int Side)[] SmallSizes = [(4, 4), (36, 2), (3, 3)];

    public static CaseGroup Make(KernelDevice device, bool isLarge)
    {
        CaseGroup group = new();
        FusedReductionGpu reduction = group.Own(new FusedReductionGpu(device));
        foreach ((int channels, int side) in isLarge ? Sizes : SmallSizes)
        {
            foreach (ElementType type in Enum.GetValues<ElementType>())
            {
                Add(group, device, reduction, channels, side, type, isLarge);
            }
        }

        return group;
    }

    private static void Add(CaseGroup group, KernelDevice device, FusedReductionGpu reduction, int channels, int side, ElementType type, bool isLarge)
    {
        int pixels = side * side;
        int count = channels * pixels;
        int size = type == ElementType.Float32 ? sizeof(float) : sizeof(ushort);
        int images = isLarge ? (int)(BytesOfBatch / (2L * count * size)) : 2;
        byte[] a = Pack(Values.Uniform(count, 1), type);
        byte[] g = Pack(Values.Uniform(count, 2), type);
        DeviceTensor deviceA = Fill(group, device, a, images, type);
        DeviceTensor deviceG = Fill(group, device, g, images, type);
        KernelBuffer<float> signed = group.Own(device.Allocate<float>((pixels + 3) / 4 * 4));
        KernelBuffer<float> map = group.Own(device.Allocate<float>((pixels + 3) / 4 * 4));
        ExtremaSlots slots = group.Own(new ExtremaSlots(device, 1));
        foreach (Weighting weighting in type == ElementType.Float32 ? Enum.GetValues<Weighting>() : [Weighting.GradCam, Weighting.LayerCam])
        {
            group.Cases.Add(new KernelCase(
                $"{weighting} {type} [{images},{channels},{side},{side}]",
                2.0 * images * count * size,
                () =>
                {
                    for (int n = 0; n < images; n++)
                    {
                        reduction.Reduce(weighting, deviceA, deviceG, n, channels, signed.View.SubView(0, pixels), map.View.SubView(0, pixels), slots, 0, tracksExtrema: true);
                    }
                },
                () =>
                {
                    float[] expected = new float[pixels];
                    MapReduction.Reduce(weighting, Unpack(a, type), Unpack(g, type), channels, expected, KernelVariant.Scalar);
                    return Values.FindFault(signed.ToArray(), expected, TolerancePerChannel * channels)
                        ?? Values.FindFault(map.ToArray(), [.. expected.Select(v => Math.Max(v, 0))], TolerancePerChannel * channels);
                },
                images,
                "maps"));
        }
    }

    // All images alike: what is measured is the memory, and one check serves all.
    private static DeviceTensor Fill(CaseGroup group, KernelDevice device, byte[] values, int images, ElementType type)
    {
        KernelBuffer<byte> memory = group.Own(device.Allocate<byte>((long)values.Length * images));
        for (int n = 0; n < images; n++)
        {
            device.Write<byte>(values, memory.View.SubView((long)n * values.Length, values.Length));
        }

        return new DeviceTensor(memory.View, type);
    }

    private static byte[] Pack(float[] values, ElementType type) => type switch
    {
        ElementType.Float16 => MemoryMarshal.AsBytes<Half>(values.Select(v => (Half)v).ToArray()).ToArray(),
        ElementType.BFloat16 => MemoryMarshal.AsBytes<ushort>(values.Select(v => (ushort)(BitConverter.SingleToUInt32Bits(v) >> 16)).ToArray()).ToArray(),
        _ => MemoryMarshal.AsBytes<float>(values).ToArray(),
    };

    private static float[] Unpack(byte[] values, ElementType type) => type switch
    {
        ElementType.Float16 => MemoryMarshal.Cast<byte, Half>(values).ToArray().Select(v => (float)v).ToArray(),
        ElementType.BFloat16 => MemoryMarshal.Cast<byte, ushort>(values).ToArray().Select(v => BitConverter.UInt32BitsToSingle((uint)v << 16)).ToArray(),
        _ => MemoryMarshal.Cast<byte, float>(values).ToArray(),
    };
}

using CAManim.Native.Kernels;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Perf.Gpu.Cases;

/// <summary>Two panels and a caption to 4:2:0: three planes in memory of the device and in memory that the host shares, and a card's NV12.</summary>
internal static class FrameCases
{
    // A fused multiply-add moves a value by less than 1e-6 of the range: one pixel in thousands lies that close to one of 255 steps.
    private const double MostDifferent = 0.002;

    public static CaseGroup Make(KernelDevice device, bool isLarge)
    {
        CaseGroup group = new();
        (int side, int mapSide) = isLarge ? (224, 14) : (6, 3);
        (int width, int height) = (2 * side, side + 16);
        Random random = new(5);
        uint[] image = [.. Enumerable.Range(0, side * side).Select(_ => (uint)random.Next(1 << 24))];
        FramePanel panel = new(side, side, image, ColorMaps.Get("jet"), 0.5f);
        float[] map = [.. Values.Uniform(mapSide * mapSide, 6).Select(v => Math.Max(v, 0))];
        FramePlace[] places = [new(0, 16, 0, map.Max()), new(side, 16, 0, 2)];
        byte[] coverage = new byte[width * 12];
        random.NextBytes(coverage);
        FrameCaption[] captions = [new(0, 0, width, 12, coverage, PackedColor.Pack(240, 240, 240), 0)];
        int chroma = width / 2 * (height / 2);
        int bytes = (width * height) + (2 * chroma);
        FrameKernelGpu kernel = group.Own(new FrameKernelGpu(device, panel));
        KernelBuffer<float> source = group.Own(device.Allocate<float>(map));
        KernelBuffer<byte> own = group.Own(device.Allocate<byte>(bytes));
        KernelBuffer<byte> pairs = group.Own(device.Allocate<byte>(bytes));
        MappedMemory shared = group.Own(device.AllocateMapped(bytes));
        device.Clear(own.View);
        device.Clear(pairs.View);
        shared.Host.Clear();
        Add(FrameFormat.Yuv420, "memory of the device", own.View, own.ToArray);
        Add(FrameFormat.Nv12, "memory of the device", pairs.View, pairs.ToArray);
        Add(FrameFormat.Yuv420, "memory shared with the host", shared.View, () =>
        {
            device.Synchronize();
            return shared.Host.ToArray();
        });
        return group;

        void Add(FrameFormat format, string where, ILGPU.ArrayView<byte> view, Func<byte[]> read)
        {
            // The pairs of NV12 take the place of both chroma planes.
            bool isPaired = format == FrameFormat.Nv12;
            (int second, int stride) = isPaired ? (2 * chroma, width) : (chroma, width / 2);
            byte[] expected = new byte[bytes];
            FrameKernel.Compose(
                new FramePlanes(format, width, height, expected.AsSpan(0, width * height), width, expected.AsSpan(width * height, second), expected.AsSpan((width * height) + second), stride),
                new FrameMap(map, mapSide, mapSide), panel, places, captions, new FrameScratch(), KernelVariant.Scalar);
            FrameGpuPlanes planes = new(
                format, width, height, view.SubView(0, width * height), width, view.SubView(width * height, second), isPaired ? default : view.SubView((width * height) + second, chroma), stride);
            group.Cases.Add(new KernelCase(
                $"frame {width}x{height}, two panels of {side}, {format}, {where}",
                bytes + (4.0 * side * side),
                () => kernel.Compose(planes, source.View, mapSide, mapSide, places, captions),
                () =>
                {
                    byte[] actual = read();
                    int different = expected.Where((value, i) => value != actual[i]).Count();
                    return different <= bytes * MostDifferent ? null : $"WRONG: {different} of {bytes} bytes differ";
                },
                1,
                "frames"));
        }
    }
}

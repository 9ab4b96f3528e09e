using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Selection;

namespace CAManim.Native.Perf.Gpu.Cases;

/// <summary>The most relevant pixels of many maps, four percentiles each.</summary>
internal static class SelectionCases
{
    public static CaseGroup Make(KernelDevice device, bool isLarge)
    {
        CaseGroup group = new();
        (int maps, int pixels) = isLarge ? (4 * 180, 224 * 224) : (4, 50);
        float[] values = Values.Uniform(maps * pixels, 7);
        int[] counts = [.. Enumerable.Range(0, maps).Select(m => pixels * (1 + (m % 4)) / 5)];
        PixelSelectionGpu selection = new(device);
        KernelBuffer<float> deviceValues = group.Own(device.Allocate<float>(values));
        KernelBuffer<int> deviceCounts = group.Own(device.Allocate<int>(counts));
        KernelBuffer<byte> marks = group.Own(device.Allocate<byte>(values.Length));
        KernelBuffer<float> thresholds = group.Own(device.Allocate<float>(maps));
        group.Cases.Add(new KernelCase(
            $"selection in {maps} maps of {pixels}",
            5.0 * values.Length,
            () => selection.MarkSmallest(deviceValues.View, deviceCounts.View, marks.View, thresholds.View),
            () =>
            {
                byte[] actual = marks.ToArray();
                byte[] expected = new byte[pixels];
                for (int m = 0; m < maps; m += isLarge ? 97 : 1)
                {
                    PixelSelection.MarkSmallest(values.AsSpan(m * pixels, pixels), counts[m], expected);
                    if (!actual.AsSpan(m * pixels, pixels).SequenceEqual(expected))
                    {
                        return $"WRONG in map {m}";
                    }
                }

                return null;
            },
            maps,
            "masks"));
        return group;
    }
}

using CAManim.Native.Kernels;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Extrema;
using CAManim.Native.Kernels.Resize;

namespace CAManim.Native.Perf.Gpu.Cases;

/// <summary>Resize, its extremes, and the extremes of a large map.</summary>
internal static class MapCases
{
    // The device may fuse what the scalar variant rounds twice.
    private const double Tolerance = 1e-6;

    public static CaseGroup Make(KernelDevice device, bool isLarge)
    {
        CaseGroup group = new();
        (int side, int target, int many) = isLarge ? (14, 224, 64 << 20) : (3, 8, 37);
        BilinearResizeGpu resize = group.Own(new BilinearResizeGpu(device));
        MapExtremaGpu extrema = group.Own(new MapExtremaGpu(device));
        float[] map = Values.Uniform(side * side, 3);
        float[] values = Values.Uniform(many, 4);
        KernelBuffer<float> source = group.Own(device.Allocate<float>(map));
        KernelBuffer<float> resized = group.Own(device.Allocate<float>(target * target));
        KernelBuffer<float> large = group.Own(device.Allocate<float>(values));
        KernelBuffer<float> result = group.Own(device.Allocate<float>(3));
        group.Cases.Add(new KernelCase(
            $"resize {side}x{side} to {target}x{target}",
            4.0 * target * target,
            () => resize.Resize(source.View, side, side, resized.View, target, target),
            () =>
            {
                float[] expected = new float[target * target];
                BilinearResize.Resize(map, side, side, expected, target, target);
                return Values.FindFault(resized.ToArray(), expected, Tolerance);
            },
            1,
            "maps"));
        group.Cases.Add(new KernelCase(
            $"extremes of {side}x{side} at {target}x{target}",
            4.0 * side * side,
            () => resize.FindExtrema(source.View, side, side, target, target, result.View),
            () =>
            {
                ResizedExtrema.Find([.. map.Select(v => Math.Max(v, 0))], side, side, target, target, out float minimum, out float maximum);
                return Values.FindFault(result.ToArray(), [minimum, maximum, 0], Tolerance);
            },
            1,
            "maps"));
        group.Cases.Add(new KernelCase(
            $"extremes of {many} values",
            4.0 * many,
            () => extrema.Find(large.View, result.View),
            () =>
            {
                MapExtrema.Find(values, out float minimum, out float maximum, out _, KernelVariant.Scalar);
                return Values.FindFault(result.ToArray(), [minimum, maximum, 0], 0);
            }));
        return group;
    }
}

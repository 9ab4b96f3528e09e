using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Imputation;
using CAManim.Native.Kernels.Selection;

namespace CAManim.Native.Perf.Gpu.Cases;

/// <summary>What ROAD asks for, from maps to noisy images: eight masks a map.</summary>
internal static class RemovalCases
{
    // Device and processor are each within 1e-4 of the exact solution; the image's values span 2.
    private const double Tolerance = 4e-4;
    private const int Channels = 3;
    private const int Steps = 8;
    private const float Sigma = 0.01f;

    public static CaseGroup Make(KernelDevice device, bool isLarge)
    {
        CaseGroup group = new();
        (int maps, int side, int mapSide) = isLarge ? (32, 224, 14) : (1, 12, 12);
        int pixels = side * side;
        int size = Channels * pixels;
        float[] image = Values.Uniform(size, 10);
        float[][] values = [.. Enumerable.Range(0, maps).Select(m => Values.Uniform(mapSide * mapSide, 11 + m))];
        int[] counts = [.. Enumerable.Range(0, maps * Steps).Select(i => pixels * (1 + (i % Steps / 2)) / 5)];
        NoiseKey[] keys = [.. counts.Select((_, i) => new NoiseKey(1, 0, i / Steps, i % Steps / 2, i % 2 != 0))];
        RemovalImagesGpu removal = group.Own(new RemovalImagesGpu(device));
        KernelBuffer<float> images = group.Own(device.Allocate<float>((long)counts.Length * size));
        group.Cases.Add(new KernelCase(
            $"removal, {counts.Length} images of {Channels}x{side}x{side} from {maps} maps",
            (double)counts.Length * ((sizeof(float) * size) + pixels),
            () =>
            {
                removal.Begin(image, Channels, side, side, maps, Steps);
                for (int m = 0; m < maps; m++)
                {
                    removal.Load(m, values[m], mapSide, mapSide, Steps);
                }

                removal.Solve(counts, ImputationOptions.Default);
                removal.Write(images.View, Sigma, keys);
            },
            () => FindFault(device, removal, image, counts, keys, images, side),
            counts.Length,
            "images"));
        return group;
    }

    // Masks have tests of their own; here they are read back, and the images made from them on the processor.
    private static string? FindFault(KernelDevice device, RemovalImagesGpu removal, float[] image, int[] counts, NoiseKey[] keys, KernelBuffer<float> images, int side)
    {
        int pixels = side * side;
        byte[] removed = new byte[pixels];
        float[] actual = new float[image.Length];
        float[] expected = new float[image.Length];
        for (int i = 0; i < counts.Length; i += counts.Length > Steps ? 37 : 1)
        {
            device.Read(removal.Removed.SubView((long)i * pixels, pixels), removed);
            if (removed.Count(mark => mark != 0) != counts[i])
            {
                return $"WRONG: mask {i} removes {removed.Count(mark => mark != 0)} pixels, not {counts[i]}";
            }

            device.Read(images.View.SubView((long)i * image.Length, image.Length), actual);
            LinearImputation.Solve(image, removed, Channels, side, side, expected);
            ImputationNoise.Add(expected, removed, Sigma, keys[i]);
            if (Values.FindFault(actual, expected, Tolerance) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }
}

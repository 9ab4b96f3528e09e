using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Imputation;

namespace CAManim.Native.Perf.Gpu.Cases;

/// <summary>One image under many masks, to 1e-4: what ROAD asks for.</summary>
internal static class ImputationCases
{
    // Device and processor are each within 1e-4 of the exact solution; the image's values span 2.
    private const double Tolerance = 4e-4;
    private const int Channels = 3;

    public static CaseGroup Make(KernelDevice device, bool isLarge)
    {
        CaseGroup group = new();
        (int masks, int side) = isLarge ? (1024, 224) : (3, 12);
        int pixels = side * side;
        LinearImputationGpu imputation = group.Own(new LinearImputationGpu(device));
        float[] image = Values.Uniform(Channels * pixels, 8);
        byte[] removed = Remove(masks, pixels);
        ImputationResult[] outcomes = new ImputationResult[masks];
        KernelBuffer<float> deviceImage = group.Own(device.Allocate<float>(image));
        KernelBuffer<byte> deviceRemoved = group.Own(device.Allocate<byte>(removed));
        KernelBuffer<float> result = group.Own(device.Allocate<float>((long)masks * image.Length));
        group.Cases.Add(new KernelCase(
            $"imputation, {masks} masks of {Channels}x{side}x{side}",
            (double)masks * ((sizeof(float) * image.Length) + pixels),
            () => imputation.Solve(deviceImage.View, deviceRemoved.View, Channels, side, side, result.View, ImputationOptions.Default, outcomes),
            () =>
            {
                float[] expected = new float[image.Length];
                float[] actual = new float[image.Length];
                string? fault = null;
                for (int m = 0; m < masks && fault is null; m += isLarge ? 211 : 1)
                {
                    LinearImputation.Solve(image, removed.AsSpan(m * pixels, pixels), Channels, side, side, expected);
                    device.Read(result.View.SubView((long)m * image.Length, image.Length), actual);
                    fault = Values.FindFault(actual, expected, Tolerance);
                }

                return fault;
            },
            masks,
            "solves"));
        return group;
    }

    // 20, 40, 60 and 80 % of the pixels in turns, at random places.
    private static byte[] Remove(int masks, int pixels)
    {
        Random random = new(9);
        byte[] removed = new byte[masks * pixels];
        for (int i = 0; i < removed.Length; i++)
        {
            removed[i] = random.NextDouble() < 0.2 * (1 + (i / pixels % 4)) ? (byte)1 : (byte)0;
        }

        return removed;
    }
}

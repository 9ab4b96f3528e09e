using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Imputation;
using CAManim.Native.Kernels.Selection;
using CAManim.Native.Kernels.Tests.Accelerators;

namespace CAManim.Native.Kernels.Tests.Imputation;

// One device serves all tests, one at a time.
[Collection("accelerators")]
public sealed class RemovalImagesTests
{
    private const int Channels = 2;
    private const int Side = 10;
    private const int Pixels = Side * Side;
    private const int Trials = 40;

    [Theory]
    [InlineData(TestDevice.Emulator)]
    [InlineData(TestDevice.Ptx)]
    [InlineData(TestDevice.PtxContracted)]
    [InlineData(TestDevice.Cuda)]
    public void MasksAndNoiseAreThoseOfTheProcessor(TestDevice kind)
    {
        KernelDevice device = Devices.Require(kind);
        float[] image = Fill.Uniform(Channels * Pixels, 3);
        float[] map = Fill.Uniform(Pixels, 4);
        (map[7], map[8], map[9]) = (0f, -0f, 0f);
        int[] counts = [90, 100, 0, 30];
        NoiseKey[] keys = [.. Enumerable.Range(0, counts.Length * Trials).Select(i => new NoiseKey(5, i % Trials, 77, i / Trials, i / Trials % 2 != 0))];
        using RemovalImagesGpu removal = new(device);
        using KernelBuffer<float> images = device.Allocate<float>((long)keys.Length * image.Length);
        removal.Begin(image, Channels, Side, Side, 1, counts.Length);
        removal.Load(0, map, Side, Side, counts.Length);
        removal.Solve(counts, ImputationOptions.Default);
        removal.Write(images.View, 1, keys);
        float[] actual = images.ToArray();
        byte[] masks = new byte[counts.Length * Pixels];
        device.Read(removal.Removed, masks);
        int different = 0;
        for (int m = 0; m < counts.Length; m++)
        {
            byte[] removed = new byte[Pixels];
            bool isMostFirst = m % 2 == 0;
            PixelSelection.MarkSmallest(map, isMostFirst ? Pixels - counts[m] : counts[m], removed);
            removed = [.. removed.Select(mark => isMostFirst ? (byte)(1 - mark) : mark)];
            Assert.Equal(removed, masks.AsSpan(m * Pixels, Pixels));
            float[] solved = new float[image.Length];
            if (counts[m] != Pixels)
            {
                LinearImputation.Solve(image, removed, Channels, Side, Side, solved);
            }

            for (int trial = 0; trial < Trials; trial++)
            {
                float[] expected = [.. solved];
                int at = (m * Trials) + trial;
                ImputationNoise.Add(expected, removed, 1, keys[at]);
                for (int i = 0; i < expected.Length; i++)
                {
                    different += Math.Abs(expected[i] - actual[(at * image.Length) + i]) > 1e-4f ? 1 : 0;
                }
            }
        }

        // Draws whose acceptance hangs on the last bits of an exponential: one in millions.
        Assert.InRange(different, 0, kind == TestDevice.Emulator ? 0 : 2);
    }
}

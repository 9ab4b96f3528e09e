using CAManim.Native.Kernels.Accelerators;
using ILGPU;

namespace CAManim.Native.Kernels.Imputation.Gpu;

/// <summary>What lies between selection, imputation and the network; a thread an element.</summary>
internal static class RemovalImagesGpuKernels
{
    /// <summary>Turns marks [M,HW] round in every other map, the first included.</summary>
    [GpuKernel]
    public static void TurnEven(ArrayView<byte> marks, int pixels)
    {
        for (long i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < marks.Length; i += Grid.DimX * Group.DimX)
        {
            if (i / pixels % 2 == 0)
            {
                marks[i] = (byte)(1 - marks[i]);
            }
        }
    }

    /// <summary>images [N,C,HW] of solved ones [M,C,HW], N = M·trials, with noise at removed pixels.</summary>
    [GpuKernel]
    public static void AddNoise(
        ArrayView<float> solved, ArrayView<byte> removed, ArrayView<ulong> streams, ArrayView<float> tables, int trials, int pixels, int size, float sigma, ArrayView<float> images)
    {
        ZigguratGpu ziggurat = new(tables);
        for (int i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < images.IntLength; i += Grid.DimX * Group.DimX)
        {
            int image = i / size;
            int element = i % size;
            int mask = image / trials;
            float value = solved[(mask * size) + element];
            if (sigma > 0 && removed[(mask * pixels) + (element % pixels)] != 0)
            {
                value += sigma * ziggurat.Sample(streams[image] + ((ulong)element * ImputationNoise.Golden));
            }

            images[i] = value;
        }
    }
}

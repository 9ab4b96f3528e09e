using CAManim.Native.Kernels.Accelerators;
using ILGPU;

namespace CAManim.Native.Kernels.Reduction;

/// <summary>
/// The reduction on a GPU: one group a channel for the weights; then tiles of one warp of pixels, whose channels are shared by the
/// group's warps and, where the map is small, by several groups.
/// </summary>
/// <remarks>
/// Neighbouring lanes read neighbouring pixels. A is read a second time after the weights, mostly from the second-level cache.
/// The order of the additions depends on the launch, not on timing: one device, one result.
/// </remarks>
internal static class MapReductionGpuKernels
{
    /// <summary>weights[k] of the three weightings that have one weight a channel.</summary>
    [GpuKernel]
    public static void Weigh(ArrayView<float> a, ArrayView<float> g, int channels, int n, int weighting, ArrayView<float> weights)
    {
        ArrayView<float> ofActivation = SharedMemory.Allocate<float>(1);
        for (int k = Grid.IdxX; k < channels; k += Grid.DimX)
        {
            long first = (long)k * n;
            float sum = 0;
            float sumOfActivation = 0;
            for (int i = Group.IdxX; i < n; i += Group.DimX)
            {
                float gradient = weighting == (int)Weighting.GradCamPlusPlus ? 0 : g[first + i];
                float activation = weighting == (int)Weighting.GradCam ? 1 : a[first + i];
                sum += gradient * activation;
                sumOfActivation += activation;
            }

            if (weighting != (int)Weighting.GradCam)
            {
                sumOfActivation = GroupReduce.Sum(sumOfActivation);
            }

            if (weighting == (int)Weighting.GradCamPlusPlus)
            {
                if (Group.IdxX == 0)
                {
                    ofActivation[0] = sumOfActivation;
                }

                Group.Barrier();
                sumOfActivation = ofActivation[0];
                for (int i = Group.IdxX; i < n; i += Group.DimX)
                {
                    sum += PlusPlus(g[first + i], sumOfActivation);
                }
            }

            sum = GroupReduce.Sum(sum);
            if (Group.IdxX == 0)
            {
                weights[k] = weighting == (int)Weighting.GradCam ? sum / n
                    : weighting == (int)Weighting.XGradCam ? sum / (sumOfActivation + 1e-7f)
                    : sum;
            }
        }
    }

    /// <summary>partials[part, pixel] = the sum of the terms of that part's channels.</summary>
    [GpuKernel]
    public static void AddChannels(
        ArrayView<float> a, ArrayView<float> g, ArrayView<float> weights, int channels, int n, int weighting, int parts, ArrayView<float> partials)
    {
        ArrayView<float> sums = SharedMemory.Allocate<float>(LaunchShape.MostThreads);
        int lanes = Warp.WarpSize;
        int slice = Group.IdxX / lanes;
        int slices = Group.DimX / lanes;
        int tiles = (n + lanes - 1) / lanes;
        for (int piece = Grid.IdxX; piece < tiles * parts; piece += Grid.DimX)
        {
            int part = piece / tiles;
            int pixel = ((piece % tiles) * lanes) + (Group.IdxX % lanes);
            int to = (int)((long)channels * (part + 1) / parts);
            float sum = 0;
            if (pixel < n)
            {
                for (int k = (int)((long)channels * part / parts) + slice; k < to; k += slices)
                {
                    long at = ((long)k * n) + pixel;
                    sum += Term(weighting, a[at], g, at, weights, k);
                }
            }

            sums[Group.IdxX] = sum;
            Group.Barrier();
            if (slice == 0 && pixel < n)
            {
                for (int other = 1; other < slices; other++)
                {
                    sum += sums[Group.IdxX + (other * lanes)];
                }

                partials[((long)part * n) + pixel] = sum;
            }

            Group.Barrier();
        }
    }

    /// <summary>map[pixel] = the sum of its parts, in their order.</summary>
    [GpuKernel]
    public static void AddParts(ArrayView<float> partials, int parts, int n, ArrayView<float> map)
    {
        for (int pixel = (Grid.IdxX * Group.DimX) + Group.IdxX; pixel < n; pixel += Grid.DimX * Group.DimX)
        {
            float sum = 0;
            for (int part = 0; part < parts; part++)
            {
                sum += partials[((long)part * n) + pixel];
            }

            map[pixel] = sum;
        }
    }

    private static float Term(int weighting, float activation, ArrayView<float> g, long at, ArrayView<float> weights, int k)
    {
        if (weighting == (int)Weighting.HiResCam)
        {
            return g[at] * activation;
        }

        if (weighting == (int)Weighting.ElementWise)
        {
            return Relu(g[at] * activation);
        }

        return weighting == (int)Weighting.LayerCam ? Relu(g[at]) * activation : weights[k] * activation;
    }

    internal static float PlusPlus(float g, float sumOfActivation)
    {
        float square = g * g;
        return g == 0 ? 0 : Relu(g) * (square / (square + square + (sumOfActivation * (square * g)) + 1e-6f));
    }

    // NaN stays NaN.
    internal static float Relu(float value) => value < 0 ? 0 : value;
}

using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Extrema;
using CAManim.Native.Kernels.Reduction.Fours;
using ILGPU;

namespace CAManim.Native.Kernels.Reduction;

/// <summary>
/// The reduction with all that follows it, four neighbouring pixels a thread: 16-byte loads of float32, 8-byte loads of 16-bit floats.
/// A tile is a warp of fours; its channels are shared by the group's warps and, where the map is small, by several groups.
/// </summary>
/// <remarks>
/// Where one group has all channels of a tile, A and G are read once and signed map, map and extremes are written from registers; else a
/// second small kernel adds the parts. Weights come first where a channel has one: a warp sums a segment of a channel, shuffling.
/// The order of the additions depends on the launch, not on timing: one device, one result.
/// </remarks>
internal static class FusedReductionGpuKernels
{
    /// <summary>See <see cref="AddChannels"/>.</summary>
    [GpuKernel]
    public static void AddFloats(ArrayView<FloatFour> a, ArrayView<FloatFour> g, ArrayView<float> weights, FusedShape shape, ArrayView<FloatFour> partials, FusedMap map) =>
        AddChannels(a, g, weights, shape, partials, map);

    /// <summary>See <see cref="AddChannels"/>.</summary>
    [GpuKernel]
    public static void AddHalves(ArrayView<HalfFour> a, ArrayView<HalfFour> g, ArrayView<float> weights, FusedShape shape, ArrayView<FloatFour> partials, FusedMap map) =>
        AddChannels(a, g, weights, shape, partials, map);

    /// <summary>See <see cref="AddChannels"/>.</summary>
    [GpuKernel]
    public static void AddBrains(ArrayView<BrainFour> a, ArrayView<BrainFour> g, ArrayView<float> weights, FusedShape shape, ArrayView<FloatFour> partials, FusedMap map) =>
        AddChannels(a, g, weights, shape, partials, map);

    /// <summary>See <see cref="SumSegments"/>.</summary>
    [GpuKernel]
    public static void SumFloats(ArrayView<FloatFour> a, ArrayView<FloatFour> g, FusedShape shape, int isSecond, ArrayView<float> weights, ArrayView<float> partials) =>
        SumSegments(a, g, shape, isSecond, weights, partials);

    /// <summary>See <see cref="SumSegments"/>.</summary>
    [GpuKernel]
    public static void SumHalves(ArrayView<HalfFour> a, ArrayView<HalfFour> g, FusedShape shape, int isSecond, ArrayView<float> weights, ArrayView<float> partials) =>
        SumSegments(a, g, shape, isSecond, weights, partials);

    /// <summary>See <see cref="SumSegments"/>.</summary>
    [GpuKernel]
    public static void SumBrains(ArrayView<BrainFour> a, ArrayView<BrainFour> g, FusedShape shape, int isSecond, ArrayView<float> weights, ArrayView<float> partials) =>
        SumSegments(a, g, shape, isSecond, weights, partials);

    /// <summary>weights[k] out of its segments' sums; GradCAM++ has the sum of A there first, then the weight.</summary>
    [GpuKernel]
    public static void FinishWeights(ArrayView<float> partials, FusedShape shape, int isSecond, ArrayView<float> weights)
    {
        for (int k = (Grid.IdxX * Group.DimX) + Group.IdxX; k < shape.Channels; k += Grid.DimX * Group.DimX)
        {
            float sum = 0;
            float sumOfActivation = 0;
            for (int segment = 0; segment < shape.Parts; segment++)
            {
                int item = (k * shape.Parts) + segment;
                sum += partials[2 * item];
                sumOfActivation += partials[(2 * item) + 1];
            }

            weights[k] = shape.Weighting == (int)Weighting.GradCam ? sum / (4 * shape.Fours)
                : shape.Weighting == (int)Weighting.XGradCam ? sum / (sumOfActivation + 1e-7f)
                : isSecond != 0 ? sum : sumOfActivation;
        }
    }

    /// <summary>The signed map, the map and its extremes out of the parts.</summary>
    [GpuKernel]
    public static void AddParts(ArrayView<FloatFour> partials, FusedShape shape, FusedMap map)
    {
        int least = int.MaxValue;
        int greatest = int.MinValue;
        int broken = 0;
        for (int four = (Grid.IdxX * Group.DimX) + Group.IdxX; four < shape.Fours; four += Grid.DimX * Group.DimX)
        {
            FloatFour sum = partials[four];
            for (int part = 1; part < shape.Parts; part++)
            {
                sum = FloatFour.Add(sum, partials[((long)part * shape.Fours) + four]);
            }

            Store(map, four, sum, ref least, ref greatest, ref broken);
        }

        ExtremaSlotsGpuKernels.Gather(map.Slot, map.TracksExtrema != 0 ? least : int.MaxValue, map.TracksExtrema != 0 ? greatest : int.MinValue, broken);
    }

    /// <summary>The map and its extremes out of a signed map whose pixels are no multiple of four.</summary>
    [GpuKernel]
    public static void Rectify(ArrayView<float> signed, ArrayView<float> map, ArrayView<int> slot, int tracksExtrema)
    {
        int least = int.MaxValue;
        int greatest = int.MinValue;
        int broken = 0;
        for (int i = (Grid.IdxX * Group.DimX) + Group.IdxX; i < signed.IntLength; i += Grid.DimX * Group.DimX)
        {
            map[i] = Take(signed[i], ref least, ref greatest, ref broken);
        }

        ExtremaSlotsGpuKernels.Gather(slot, tracksExtrema != 0 ? least : int.MaxValue, tracksExtrema != 0 ? greatest : int.MinValue, broken);
    }

    /// <summary>16-bit floats to float32, one by one, for tensors that cannot be read four at a time.</summary>
    [GpuKernel]
    public static void Widen(ArrayView<ushort> from, int isHalf, ArrayView<float> to)
    {
        for (long i = ((long)Grid.IdxX * Group.DimX) + Group.IdxX; i < from.Length; i += (long)Grid.DimX * Group.DimX)
        {
            to[i] = isHalf != 0 ? NarrowBits.FromHalf(from[i]) : NarrowBits.FromBrain(from[i]);
        }
    }

    /// <summary>partials[part, four] = the sum of the terms of that part's channels; where there is one part, what <see cref="AddParts"/> does with it.</summary>
    private static void AddChannels<TFour>(ArrayView<TFour> a, ArrayView<TFour> g, ArrayView<float> weights, FusedShape shape, ArrayView<FloatFour> partials, FusedMap map)
        where TFour : unmanaged, IFour
    {
        ArrayView<FloatFour> sums = SharedMemory.Allocate<FloatFour>(LaunchShape.MostThreads);
        int lanes = Warp.WarpSize;
        int slice = Group.IdxX / lanes;
        int slices = Group.DimX / lanes;
        int tiles = (shape.Fours + lanes - 1) / lanes;
        int least = int.MaxValue;
        int greatest = int.MinValue;
        int broken = 0;
        for (int piece = Grid.IdxX; piece < tiles * shape.Parts; piece += Grid.DimX)
        {
            int part = piece / tiles;
            int four = ((piece % tiles) * lanes) + (Group.IdxX % lanes);
            int to = (int)((long)shape.Channels * (part + 1) / shape.Parts);
            FloatFour sum = default;
            if (four < shape.Fours)
            {
                for (int k = (int)((long)shape.Channels * part / shape.Parts) + slice; k < to; k += slices)
                {
                    long at = ((long)k * shape.Fours) + four;
                    sum = FloatFour.Add(sum, Term(shape.Weighting, Load(a, at), g, at, weights, k));
                }
            }

            sums[Group.IdxX] = sum;
            Group.Barrier();
            if (slice == 0 && four < shape.Fours)
            {
                for (int other = 1; other < slices; other++)
                {
                    sum = FloatFour.Add(sum, sums[Group.IdxX + (other * lanes)]);
                }

                if (shape.Parts == 1)
                {
                    Store(map, four, sum, ref least, ref greatest, ref broken);
                }
                else
                {
                    partials[((long)part * shape.Fours) + four] = sum;
                }
            }

            Group.Barrier();
        }

        ExtremaSlotsGpuKernels.Gather(map.Slot, map.TracksExtrema != 0 ? least : int.MaxValue, map.TracksExtrema != 0 ? greatest : int.MinValue, broken);
    }

    /// <summary>The sums over a segment of a channel that its weight is made of: of G (GradCAM), of G A and A (XGradCAM), of A and then of the terms (GradCAM++).</summary>
    private static void SumSegments<TFour>(ArrayView<TFour> a, ArrayView<TFour> g, FusedShape shape, int isSecond, ArrayView<float> weights, ArrayView<float> partials)
        where TFour : unmanaged, IFour
    {
        int lanes = Warp.WarpSize;
        int warps = Grid.DimX * Group.DimX / lanes;
        for (int item = ((Grid.IdxX * Group.DimX) + Group.IdxX) / lanes; item < shape.Channels * shape.Parts; item += warps)
        {
            int k = item / shape.Parts;
            int segment = item % shape.Parts;
            int to = (int)((long)shape.Fours * (segment + 1) / shape.Parts);
            float sum = 0;
            float sumOfActivation = 0;
            for (int i = (int)((long)shape.Fours * segment / shape.Parts) + Warp.LaneIdx; i < to; i += lanes)
            {
                long at = ((long)k * shape.Fours) + i;
                if (shape.Weighting == (int)Weighting.GradCam)
                {
                    sum += Load(g, at).Sum();
                }
                else if (isSecond != 0)
                {
                    FloatFour gradient = Load(g, at);
                    float whole = weights[k];
                    sum += PlusPlus(gradient.A, whole) + PlusPlus(gradient.B, whole) + PlusPlus(gradient.C, whole) + PlusPlus(gradient.D, whole);
                }
                else
                {
                    FloatFour activation = Load(a, at);
                    sumOfActivation += activation.Sum();
                    if (shape.Weighting == (int)Weighting.XGradCam)
                    {
                        FloatFour gradient = Load(g, at);
                        sum += (gradient.A * activation.A) + (gradient.B * activation.B) + (gradient.C * activation.C) + (gradient.D * activation.D);
                    }
                }
            }

            for (int step = lanes / 2; step > 0; step /= 2)
            {
                sum += Warp.ShuffleDown(sum, step);
                sumOfActivation += Warp.ShuffleDown(sumOfActivation, step);
            }

            if (Warp.LaneIdx == 0)
            {
                partials[2 * item] = sum;
                partials[(2 * item) + 1] = sumOfActivation;
            }
        }
    }

    // Into a local first: else every field is a load of its own.
    private static FloatFour Load<TFour>(ArrayView<TFour> tensor, long at)
        where TFour : unmanaged, IFour
    {
        TFour packed = tensor[at];
        return packed.Widen();
    }

    private static FloatFour Term<TFour>(int weighting, FloatFour activation, ArrayView<TFour> g, long at, ArrayView<float> weights, int k)
        where TFour : unmanaged, IFour
    {
        if (weighting is not ((int)Weighting.HiResCam or (int)Weighting.ElementWise or (int)Weighting.LayerCam))
        {
            float weight = weights[k];
            return new FloatFour { A = weight * activation.A, B = weight * activation.B, C = weight * activation.C, D = weight * activation.D };
        }

        FloatFour gradient = Load(g, at);
        return new FloatFour
        {
            A = Term(weighting, activation.A, gradient.A),
            B = Term(weighting, activation.B, gradient.B),
            C = Term(weighting, activation.C, gradient.C),
            D = Term(weighting, activation.D, gradient.D),
        };
    }

    private static float Term(int weighting, float activation, float gradient) =>
        weighting == (int)Weighting.HiResCam ? gradient * activation
        : weighting == (int)Weighting.ElementWise ? MapReductionGpuKernels.Relu(gradient * activation)
        : MapReductionGpuKernels.Relu(gradient) * activation;

    private static float PlusPlus(float g, float sumOfActivation) => MapReductionGpuKernels.PlusPlus(g, sumOfActivation);

    private static void Store(FusedMap map, int four, FloatFour sum, ref int least, ref int greatest, ref int broken)
    {
        map.Signed[four] = sum;
        map.Map[four] = new FloatFour
        {
            A = Take(sum.A, ref least, ref greatest, ref broken),
            B = Take(sum.B, ref least, ref greatest, ref broken),
            C = Take(sum.C, ref least, ref greatest, ref broken),
            D = Take(sum.D, ref least, ref greatest, ref broken),
        };
    }

    /// <summary>max(value, 0), NaN kept; extremes are those of what is not NaN.</summary>
    private static float Take(float value, ref int least, ref int greatest, ref int broken)
    {
        if (!(value >= -float.MaxValue && value <= float.MaxValue))
        {
            broken = 1;
        }

        float rectified = value <= 0 ? 0 : value;
        if (!float.IsNaN(rectified))
        {
            int bits = GroupReduce.OrderedBits(rectified);
            least = IntrinsicMath.Min(least, bits);
            greatest = IntrinsicMath.Max(greatest, bits);
        }

        return rectified;
    }
}

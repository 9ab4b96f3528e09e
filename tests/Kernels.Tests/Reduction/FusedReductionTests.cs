using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Extrema;
using CAManim.Native.Kernels.Reduction;
using CAManim.Native.Kernels.Tests.Accelerators;

namespace CAManim.Native.Kernels.Tests.Reduction;

/// <summary>The fused reduction against the scalar variants of what it fuses.</summary>
public abstract class FusedReductionTests(KernelDevice device)
{
    // A float16's and a bfloat16's values are exact in float32, so only the order of the additions differs.
    private const float Tolerance = 2e-6f;

    public static TheoryData<ElementType, Weighting> Cases
    {
        get
        {
            TheoryData<ElementType, Weighting> cases = [];
            foreach (Weighting weighting in Enum.GetValues<Weighting>())
            {
                cases.Add(ElementType.Float32, weighting);
            }

            cases.Add(ElementType.Float16, Weighting.GradCam);
            cases.Add(ElementType.Float16, Weighting.LayerCam);
            cases.Add(ElementType.BFloat16, Weighting.GradCamPlusPlus);
            cases.Add(ElementType.BFloat16, Weighting.HiResCam);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheScalarVariants(ElementType type, Weighting weighting)
    {
        // Of four, of one pixel too many, of several parts, of one channel.
        foreach ((int channels, int pixels) in new[] { (5, 12), (3, 7), (40, 8), (1, 4) })
        {
            AssertAlike(type, weighting, channels, pixels, Narrow(type, Fill.Uniform(2 * channels * pixels, 1)), Narrow(type, Fill.Uniform(2 * channels * pixels, 2)));
        }
    }

    [Fact]
    public void NaNAndInfinityAreKeptAndTold()
    {
        float[] a = Fill.Uniform(2 * 2 * 8, 3);
        (a[16], a[17]) = (float.NaN, float.PositiveInfinity);
        AssertAlike(ElementType.Float32, Weighting.LayerCam, 2, 8, a, Fill.Uniform(a.Length, 4, 0.5f));
        AssertAlike(ElementType.Float16, Weighting.LayerCam, 2, 8, Narrow(ElementType.Float16, a), Narrow(ElementType.Float16, Fill.Uniform(a.Length, 4, 0.5f)));
    }

    [Fact]
    public void EveryHalfIsWidenedExactly()
    {
        ushort[] all = [.. Enumerable.Range(0, 1 << 16).Select(i => (ushort)i)];
        for (int i = 0; i < all.Length; i++)
        {
            float expected = (float)BitConverter.UInt16BitsToHalf(all[i]);
            float actual = CAManim.Native.Kernels.Reduction.Fours.NarrowBits.FromHalf(all[i]);
            Assert.True(expected.Equals(actual) && (float.IsNaN(expected) || float.IsNegative(expected) == float.IsNegative(actual)), $"0x{i:x4}: {expected} and {actual}");
        }
    }

    [Fact]
    public void OtherSizesAreRefused()
    {
        using FusedReductionGpu reduction = new(device);
        using ExtremaSlots slots = new(device, 1);
        using KernelBuffer<float> values = device.Allocate<float>(16);
        using KernelBuffer<float> maps = device.Allocate<float>(8);
        DeviceTensor tensor = View(values, ElementType.Float32, 16);
        Assert.Throws<ArgumentException>(() => reduction.Reduce(Weighting.GradCam, tensor, tensor, 1, 4, maps.View.SubView(0, 4), maps.View.SubView(4, 4), slots, 0, true));
        Assert.Throws<ArgumentException>(() => reduction.Reduce(Weighting.GradCam, tensor, tensor, 0, 4, maps.View.SubView(0, 4), maps.View.SubView(4, 3), slots, 0, true));
        Assert.Throws<ArgumentOutOfRangeException>(() => reduction.Reduce(Weighting.GradCam, tensor, tensor, 0, 0, maps.View.SubView(0, 4), maps.View.SubView(4, 4), slots, 0, true));
    }

    /// <summary>A view of a buffer, as of a tensor.</summary>
    protected virtual DeviceTensor View(KernelBuffer<float> buffer, ElementType type, long count) => new(device, AddressSpace.AddressOf(buffer.View), count, type);

    private void AssertAlike(ElementType type, Weighting weighting, int channels, int pixels, float[] a, float[] g)
    {
        using FusedReductionGpu reduction = new(device);
        using ExtremaSlots slots = new(device, 2);
        using KernelBuffer<float> deviceA = device.Allocate<float>(Pack(type, a));
        using KernelBuffer<float> deviceG = device.Allocate<float>(Pack(type, g));
        using KernelBuffer<float> signed = device.Allocate<float>(pixels);
        using KernelBuffer<float> map = device.Allocate<float>(pixels);
        (DeviceTensor tensorA, DeviceTensor tensorG) = (View(deviceA, type, a.Length), View(deviceG, type, g.Length));
        (float Minimum, float Maximum)[] expected = new (float, float)[2];
        bool[] broken = new bool[2];
        for (int image = 0; image < 2; image++)
        {
            reduction.Reduce(weighting, tensorA, tensorG, image, channels, signed.View, map.View, slots, image, tracksExtrema: true);
            float[] reference = new float[pixels];
            Span<float> ofImage = a.AsSpan(image * channels * pixels, channels * pixels);
            MapReduction.Reduce(weighting, ofImage, g.AsSpan(image * channels * pixels, channels * pixels), channels, reference, KernelVariant.Scalar);
            string what = $"{type} {weighting} {channels}x{pixels}, image {image}";
            float[] actual = signed.ToArray();
            Numbers.AssertClose(actual, reference, Tolerance * channels, Tolerance, what);
            Assert.Equal(actual.Select(v => MathF.Max(v, 0)), map.ToArray());
            MapExtrema.Find(map.ToArray(), out expected[image].Minimum, out expected[image].Maximum, out _);
            broken[image] = actual.Any(v => !float.IsFinite(v));
        }

        (float Minimum, float Maximum, bool HasNonFinite)[] found = slots.Read();
        Assert.Equal(3, found.Length);
        for (int image = 0; image < 2; image++)
        {
            Assert.Equal((expected[image].Minimum, expected[image].Maximum, broken[image]), found[image]);
        }

        Assert.Equal((expected.Min(e => e.Minimum), expected.Max(e => e.Maximum), broken.Any(b => b)), found[2]);
    }

    /// <summary>Values that the type holds exactly.</summary>
    private static float[] Narrow(ElementType type, float[] values) => type switch
    {
        ElementType.Float16 => [.. values.Select(v => (float)(Half)v)],
        ElementType.BFloat16 => [.. values.Select(v => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(v) & 0xFFFF0000u))],
        _ => values,
    };

    /// <summary>The memory of a tensor of the type.</summary>
    private static float[] Pack(ElementType type, float[] values)
    {
        if (type == ElementType.Float32)
        {
            return values;
        }

        ushort[] bits = [.. values.Select(v => type == ElementType.Float16 ? BitConverter.HalfToUInt16Bits((Half)v) : (ushort)(BitConverter.SingleToUInt32Bits(v) >> 16))];
        float[] memory = new float[(bits.Length + 1) / 2];
        System.Runtime.InteropServices.MemoryMarshal.Cast<ushort, byte>(bits).CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(memory.AsSpan()));
        return memory;
    }
}

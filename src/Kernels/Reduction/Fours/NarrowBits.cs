namespace CAManim.Native.Kernels.Reduction.Fours;

/// <summary>16-bit floats to float32 by their bits: exact, NaN and infinity included, the same on every device.</summary>
internal static class NarrowBits
{
    // The smallest float16: a subnormal one is its fraction times this.
    private const float SmallestHalf = 1f / (1 << 24);

    /// <summary>float16 in the lower 16 bits.</summary>
    public static float FromHalf(uint half)
    {
        uint sign = (half & 0x8000) << 16;
        uint exponent = (half >> 10) & 31;
        uint fraction = half & 0x3FF;
        if (exponent == 0)
        {
            float value = (int)fraction * SmallestHalf;
            return sign == 0 ? value : -value;
        }

        // Bias 15 to 127; all ones stay all ones.
        uint wide = exponent == 31 ? 255 : exponent + 112;
        return ILGPU.Interop.IntAsFloat(sign | (wide << 23) | (fraction << 13));
    }

    /// <summary>bfloat16 in the lower 16 bits: the upper half of a float32.</summary>
    public static float FromBrain(uint brain) => ILGPU.Interop.IntAsFloat(brain << 16);
}

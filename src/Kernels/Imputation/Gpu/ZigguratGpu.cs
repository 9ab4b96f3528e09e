using ILGPU;

namespace CAManim.Native.Kernels.Imputation.Gpu;

/// <summary><see cref="Ziggurat"/> in a kernel: the same draws of the same states.</summary>
/// <remarks>
/// Exponential and logarithm are polynomials, for the device has them only in a library. They differ from the processor's by less than 1e-6
/// of their value, so that one in millions of draws outside of the rectangles is accepted here and not there.
/// </remarks>
internal readonly struct ZigguratGpu(ArrayView<float> tables)
{
    private const ulong NextDraw = 0xD1B54A32D192ED03;
    private const float Log2E = 1.44269504f;
    private const float Ln2 = 0.693147181f;

    private readonly ArrayView<float> _tables = tables;

    /// <summary>A normal variate that is a function of the state alone.</summary>
    public float Sample(ulong state)
    {
        while (true)
        {
            ulong bits = ImputationNoise.Mix(state);
            int layer = (int)(bits & (Ziggurat.Layers - 1));
            float sign = (bits & Ziggurat.Layers) == 0 ? 1 : -1;
            float x = (int)(bits >> 40) * (1f / (1 << 24)) * _tables[layer];
            if (x < _tables[layer + 1])
            {
                return sign * x;
            }

            state = bits + NextDraw;
            if (layer == 0)
            {
                return sign * Tail(state);
            }

            state = ImputationNoise.Mix(state + NextDraw);
            float low = _tables[Ziggurat.Layers + 1 + layer];
            float y = low + (Uniform(state) * (_tables[Ziggurat.Layers + 2 + layer] - low));
            if (y < Exp(-0.5f * x * x))
            {
                return sign * x;
            }
        }
    }

    private static float Tail(ulong state)
    {
        while (true)
        {
            state = ImputationNoise.Mix(state + NextDraw);
            float x = -Log(Uniform(state)) / (float)Ziggurat.TailStart;
            state = ImputationNoise.Mix(state + NextDraw);
            float y = -Log(Uniform(state));
            if (y + y > x * x)
            {
                return (float)Ziggurat.TailStart + x;
            }
        }
    }

    // In (0, 1]; by way of an int, for cards turn a ulong into a double first.
    private static float Uniform(ulong bits) => ((int)(bits >> 40) + 1) * (1f / (1 << 24));

    // 2^k e^r with r within half of ln 2.
    private static float Exp(float value)
    {
        int k = (int)((value * Log2E) - 0.5f);
        float r = value - (k * Ln2);
        float e = 1 + (r * (1 + (r * (0.5f + (r * (0.166666667f + (r * (0.0416666667f + (r * (0.00833333333f + (r * 0.00138888889f)))))))))));
        return e * ILGPU.Interop.IntAsFloat((uint)((127 + k) << 23));
    }

    // k ln 2 + 2 atanh(s), s = (m - 1) / (m + 1), m in 0.71 to 1.42.
    private static float Log(float value)
    {
        uint bits = ILGPU.Interop.FloatAsInt(value);
        int k = (int)(bits >> 23) - 127;
        float m = ILGPU.Interop.IntAsFloat((bits & 0x7FFFFFu) | 0x3F800000u);
        if (m > 1.41421356f)
        {
            m *= 0.5f;
            k++;
        }

        float s = (m - 1) / (m + 1);
        float q = s * s;
        return (k * Ln2) + (2 * s * (1 + (q * (0.333333333f + (q * (0.2f + (q * (0.142857143f + (q * 0.111111111f)))))))));
    }
}

using System.Runtime.CompilerServices;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>Normal variates from 64 random bits each (Marsaglia and Tsang 2000, 128 layers).</summary>
internal static class Ziggurat
{
    internal const int Layers = 128;

    // Where the tail begins, and the area of every layer, for 128 layers.
    internal const double TailStart = 3.442619855899;
    private const double Area = 9.91256303526217e-3;

    // Right edge of each layer, outermost (the base with the tail) first; the last is 0.
    private static readonly float[] Edge = new float[Layers + 1];

    // exp(-x²/2) at the edges.
    private static readonly float[] Density = new float[Layers + 1];

    /// <summary>Edges and densities, one after the other, for kernels.</summary>
    public static float[] Tables => [.. Edge, .. Density];

    static Ziggurat()
    {
        double x = TailStart;
        double density = Math.Exp(-0.5 * x * x);
        Edge[0] = (float)(Area / density);
        Edge[1] = (float)x;
        Density[1] = (float)density;
        for (int i = 2; i < Layers; i++)
        {
            density += Area / x;
            x = Math.Sqrt(-2 * Math.Log(density));
            Edge[i] = (float)x;
            Density[i] = (float)density;
        }

        Edge[Layers] = 0;
        Density[Layers] = 1;
    }

    /// <summary>A normal variate that is a function of <paramref name="state"/> alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sample(ulong state)
    {
        // Nearly always the first draw lies in the layer's rectangle; its sign goes in as a bit, not as a branch.
        ulong bits = ImputationNoise.Mix(state);
        int layer = (int)(bits & (Layers - 1));
        float x = (bits >> 40) * (1f / (1 << 24)) * Edge[layer];
        return x < Edge[layer + 1]
            ? BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(x) | ((uint)(bits & Layers) << 24))
            : SampleRest(state);
    }

    private static float SampleRest(ulong state)
    {
        while (true)
        {
            ulong bits = ImputationNoise.Mix(state);

            // Seven bits of layer, one of sign, the upper 24 of place.
            int layer = (int)(bits & (Layers - 1));
            float sign = (bits & Layers) == 0 ? 1 : -1;
            float x = (bits >> 40) * (1f / (1 << 24)) * Edge[layer];
            if (x < Edge[layer + 1])
            {
                return sign * x;
            }

            state = bits + 0xD1B54A32D192ED03;
            if (layer == 0)
            {
                return sign * Tail(state);
            }

            float y = Density[layer] + (Uniform(ref state) * (Density[layer + 1] - Density[layer]));
            if (y < float.Exp(-0.5f * x * x))
            {
                return sign * x;
            }
        }
    }

    // Marsaglia's tail.
    private static float Tail(ulong state)
    {
        while (true)
        {
            float x = -float.Log(Uniform(ref state)) / (float)TailStart;
            float y = -float.Log(Uniform(ref state));
            if (y + y > x * x)
            {
                return (float)TailStart + x;
            }
        }
    }

    // In (0, 1].
    private static float Uniform(ref ulong state)
    {
        state = ImputationNoise.Mix(state + 0xD1B54A32D192ED03);
        return ((state >> 40) + 1) * (1f / (1 << 24));
    }
}

using System.Text;

namespace CAManim.Native.Engine.Road;

/// <summary>Gaussian noise that depends on seed, trial, layer, percentile, order and pixel alone.</summary>
internal static class RoadNoise
{
    private const ulong Golden = 0x9E3779B97F4A7C15UL;

    /// <summary>The key of one image's noise.</summary>
    public static ulong Key(ulong seed, int trial, string layer, double percentile, bool isMostFirst)
    {
        ulong key = Mix(seed + Golden);
        key = Mix(key ^ Hash(layer));
        key = Mix(key ^ BitConverter.DoubleToUInt64Bits(percentile));
        return Mix(key + ((2UL * (uint)trial) + (isMostFirst ? 1UL : 0UL)) * Golden);
    }

    /// <summary>Adds noise to the removed pixels of all channels. Pixel i of the image has the same noise whatever else is removed.</summary>
    /// <param name="key">Which noise.</param>
    /// <param name="sigma">Standard deviation.</param>
    /// <param name="removed">[H,W], 1 where a pixel was removed.</param>
    /// <param name="image">[C,H,W].</param>
    public static void Add(ulong key, float sigma, ReadOnlySpan<byte> removed, Span<float> image)
    {
        for (int start = 0; start < image.Length; start += removed.Length)
        {
            for (int i = 0; i < removed.Length; i++)
            {
                if (removed[i] != 0)
                {
                    image[start + i] += sigma * Normal(Mix(key + ((ulong)(start + i + 1) * Golden)));
                }
            }
        }
    }

    // Box and Muller 1958, from two halves of 32 bits; the first is never 0.
    private static float Normal(ulong bits)
    {
        float u = ((uint)(bits >> 32) + 1f) * (1f / 4294967296f);
        float angle = (uint)bits * (MathF.Tau / 4294967296f);
        return MathF.Sqrt(-2 * MathF.Log(u)) * MathF.Cos(angle);
    }

    // FNV-1a over the name's UTF-8 bytes.
    private static ulong Hash(string name)
    {
        ulong hash = 0xcbf29ce484222325UL;
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ b) * 0x100000001b3UL;
        }

        return hash;
    }

    // The finaliser of SplitMix64.
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

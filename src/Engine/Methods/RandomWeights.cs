using System.Text;

namespace CAManim.Native.Engine.Methods;

/// <summary>RandomCAM's channel weights, a function of seed, layer name and channel alone: order, batch and threads do not matter.</summary>
internal static class RandomWeights
{
    /// <summary>Fills <paramref name="weights"/> [C] with values uniform in [-1,1].</summary>
    public static void Fill(ulong seed, string layer, Span<float> weights)
    {
        ulong state = seed ^ Hash(layer);
        for (int k = 0; k < weights.Length; k++)
        {
            ulong z = Mix(state + ((ulong)(k + 1) * 0x9E3779B97F4A7C15UL));

            // 24 bits, symmetric: -1 and 1 are both reached.
            weights[k] = (float)(((z >> 40) * (2.0 / 0xFFFFFF)) - 1.0);
        }
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

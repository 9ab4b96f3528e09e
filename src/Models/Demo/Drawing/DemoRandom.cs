namespace CAManim.Native.Models.Demo.Drawing;

/// <summary>
/// Counter-based random numbers (SplitMix64): the n-th number depends on key and n alone, on every machine the same.
/// </summary>
internal sealed class DemoRandom(ulong key)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    // 1/sqrt(1/3): a sum of four uniforms has variance 4/12.
    private const float GaussianScale = 1.7320508f;

    private readonly ulong _key = Scramble(key);
    private ulong _counter;

    /// <summary>An independent stream, so that more draws in one part of a picture leave the other parts as they were.</summary>
    public DemoRandom Fork(uint stream) => new(_key ^ ((stream + 1) * Golden));

    /// <summary>The next 64 random bits.</summary>
    public ulong Next() => Scramble(_key + (++_counter * Golden));

    /// <summary>Uniform in [0,1).</summary>
    public float Unit() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [low,high).</summary>
    public float Range(float low, float high) => low + ((high - low) * Unit());

    /// <summary>Uniform in 0 to <paramref name="count"/> - 1.</summary>
    public int Index(int count) => (int)((Next() >> 32) * (ulong)count >> 32);

    /// <summary>True with this probability.</summary>
    public bool Chance(float probability) => Unit() < probability;

    /// <summary>A sum of four uniforms with mean 0 and deviation 1: close enough to a normal number for grain, and no logarithm.</summary>
    public float Gaussian()
    {
        ulong bits = Next();
        float sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        return ((sum * (1f / 65536)) - 2f) * GaussianScale;
    }

    private static ulong Scramble(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Engine.Road.Baselines;

/// <summary>Maps that know nothing of the image.</summary>
public static class RandomMaps
{
    /// <summary>Seeded noise, uniform in [0,1), blurred by a Gaussian and scaled to [0,1].</summary>
    /// <param name="name">Name of the frame.</param>
    /// <param name="height">H, 1 or more.</param>
    /// <param name="width">W, 1 or more.</param>
    /// <param name="sigma">Standard deviation of the blur in pixels; 0 for white noise.</param>
    /// <param name="seed">Seed; the same one gives the same map.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or sigma below 0 or not a number.</exception>
    public static LayerMap Blurred(string name, int height, int width, double sigma, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (!(sigma >= 0 && double.IsFinite(sigma)))
        {
            throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "A standard deviation of 0 or more pixels is expected.");
        }

        float[] map = new float[height * width];
        for (int i = 0; i < map.Length; i++)
        {
            map[i] = (Mix(seed + ((ulong)(i + 1) * 0x9E3779B97F4A7C15UL)) >> 40) * (1f / (1 << 24));
        }

        GaussianBlur.Blur(map, height, width, sigma);
        float minimum = map.Min();
        float range = map.Max() - minimum;
        foreach (ref float value in map.AsSpan())
        {
            value = range > 0 ? (value - minimum) / range : 0;
        }

        return new LayerMap
        {
            Name = name,
            ModuleClass = "Random",
            Channels = 1,
            Height = height,
            Width = width,
            SignedMap = map,
            Map = map,
            Minimum = 0,
            Maximum = range > 0 ? 1 : 0,
        };
    }

    // The finaliser of SplitMix64.
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

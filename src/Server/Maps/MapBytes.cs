using CAManim.Native.Kernels.Extrema;

namespace CAManim.Native.Server.Maps;

/// <summary>A map in 8 bits for the pages: from the smallest of its values (0) to the largest (255).</summary>
internal static class MapBytes
{
    /// <summary>The values of bytes 0 and 255; zeros where they are not finite.</summary>
    public static (float Low, float High) Range(ReadOnlySpan<float> map)
    {
        MapExtrema.Find(map, out float low, out float high, out _);
        return float.IsFinite(low) && float.IsFinite(high) ? (low, high) : (0, 0);
    }

    /// <summary>Writes the bytes, rounded to nearest.</summary>
    public static void Quantise(ReadOnlySpan<float> map, float low, float high, Span<byte> bytes)
    {
        float gain = high > low ? 255 / (high - low) : 0;
        for (int i = 0; i < map.Length; i++)
        {
            float value = ((map[i] - low) * gain) + 0.5f;
            bytes[i] = value > 0 ? (byte)Math.Min(value, 255) : (byte)0;
        }
    }
}

using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Report.Textures;

/// <summary>A map in 8 bits over its own range: byte = round(255 (v - low) / (high - low)); zeros where it has one value only.</summary>
/// <param name="Low">Value of byte 0.</param>
/// <param name="High">Value of byte 255.</param>
/// <param name="Bytes">[h,w].</param>
internal sealed record MapTexture(float Low, float High, byte[] Bytes)
{
    /// <summary>Values that are not finite count as 0, as in the video.</summary>
    public static MapTexture Of(LayerMap map)
    {
        ReadOnlySpan<float> values = map.Map.Span;
        (float low, float high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (float value in values)
        {
            low = Math.Min(low, Finite(value));
            high = Math.Max(high, Finite(value));
        }

        byte[] bytes = new byte[values.Length];
        double scale = high > low ? 255 / ((double)high - low) : 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)Math.Round((Finite(values[i]) - (double)low) * scale);
        }

        return new MapTexture(low, high, bytes);
    }

    private static float Finite(float value) => float.IsFinite(value) ? value : 0;
}

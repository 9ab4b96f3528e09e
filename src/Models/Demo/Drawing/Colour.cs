namespace CAManim.Native.Models.Demo.Drawing;

/// <summary>A colour in [0,1] per channel; values outside are clamped when the picture is finished.</summary>
internal readonly record struct Colour(float R, float G, float B)
{
    /// <summary>Brightness, by Rec. 601's weights.</summary>
    public float Luma => (0.299f * R) + (0.587f * G) + (0.114f * B);

    public static Colour operator *(Colour colour, float scale) => new(colour.R * scale, colour.G * scale, colour.B * scale);

    public static Colour operator +(Colour a, Colour b) => new(a.R + b.R, a.G + b.G, a.B + b.B);

    /// <summary>a at t = 0, b at t = 1.</summary>
    public static Colour Mix(Colour a, Colour b, float t) =>
        new(a.R + ((b.R - a.R) * t), a.G + ((b.G - a.G) * t), a.B + ((b.B - a.B) * t));

    /// <summary>Hue, saturation and value, each in [0,1]; hue wraps.</summary>
    public static Colour FromHsv(float hue, float saturation, float value)
    {
        return new(Channel(5), Channel(3), Channel(1));

        float Channel(int n)
        {
            float k = n + (hue * 6);
            k -= MathF.Floor(k / 6) * 6;
            return value - (value * saturation * Math.Clamp(MathF.Min(k, 4 - k), 0f, 1f));
        }
    }

    /// <summary>A random colour between two corners of hue, saturation and value.</summary>
    public static Colour Random(DemoRandom random, (float Low, float High) hue, (float Low, float High) saturation, (float Low, float High) value) =>
        FromHsv(random.Range(hue.Low, hue.High), random.Range(saturation.Low, saturation.High), random.Range(value.Low, value.High));

    /// <summary>Euclidean distance in RGB.</summary>
    public float DistanceTo(Colour other)
    {
        float r = R - other.R, g = G - other.G, b = B - other.B;
        return MathF.Sqrt((r * r) + (g * g) + (b * b));
    }
}

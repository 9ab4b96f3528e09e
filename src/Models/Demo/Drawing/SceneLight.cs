namespace CAManim.Native.Models.Demo.Drawing;

/// <summary>The light of a scene: where it comes from, its tint, how it falls off, and the camera's grain.</summary>
internal sealed class SceneLight
{
    public required Colour Tint { get; init; }

    public required float FallOff { get; init; }

    public required float Vignette { get; init; }

    public required float Contrast { get; init; }

    public required float Grain { get; init; }

    /// <summary>Unit vector in the picture that points to the light; y down.</summary>
    public required float X { get; init; }

    /// <inheritdoc cref="X"/>
    public required float Y { get; init; }

    /// <summary>Length of a shadow for each pixel of height.</summary>
    public required float ShadowLength { get; init; }

    /// <summary>How dark a shadow is, 0 to 1.</summary>
    public required float ShadowDepth { get; init; }

    /// <summary>Draws a light.</summary>
    public static SceneLight Draw(DemoRandom random)
    {
        float angle = random.Range(0, PortableMath.Tau);
        float warmth = random.Range(-0.08f, 0.1f);
        float exposure = random.Range(0.78f, 1.12f);
        return new SceneLight
        {
            X = PortableMath.Cos(angle),
            Y = PortableMath.Sin(angle),
            ShadowLength = random.Range(0.05f, 0.22f),
            ShadowDepth = random.Range(0.2f, 0.6f),
            Tint = new Colour(1 + warmth, 1, 1 - warmth) * exposure,
            FallOff = random.Range(0, 0.28f),
            Vignette = random.Range(0, 0.35f),
            Contrast = random.Range(0.85f, 1.15f),
            Grain = random.Range(0.006f, 0.03f),
        };
    }

    /// <summary>Light fall-off, vignette, contrast, tint and grain over the finished picture.</summary>
    public void Finish(Canvas canvas, DemoRandom random)
    {
        float half = canvas.Width * 0.5f;
        for (int y = 0; y < canvas.Height; y++)
        {
            for (int x = 0; x < canvas.Width; x++)
            {
                float u = (x + 0.5f - half) / half, v = (y + 0.5f - half) / half;
                float level = (1 + (FallOff * ((u * X) + (v * Y)))) * (1 - (Vignette * 0.5f * ((u * u) + (v * v))));
                Colour colour = canvas.Pixels[(y * canvas.Width) + x];
                float grain = Grain * random.Gaussian();
                canvas.Pixels[(y * canvas.Width) + x] = new Colour(
                    Expose(colour.R, Tint.R * level, grain), Expose(colour.G, Tint.G * level, grain), Expose(colour.B, Tint.B * level, grain));
            }
        }
    }

    private float Expose(float value, float level, float grain) => ((((value * level) - 0.5f) * Contrast) + 0.5f) + grain;
}

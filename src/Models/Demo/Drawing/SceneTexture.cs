namespace CAManim.Native.Models.Demo.Drawing;

/// <summary>The surface of an object: plain, striped, chequered, dotted, mottled or shaded from one colour to another.</summary>
internal sealed class SceneTexture
{
    private readonly int _kind;
    private readonly Colour _first;
    private readonly Colour _second;
    private readonly float _frequency;
    private readonly float _phase;
    private readonly float[] _noise;

    private const int NoiseSize = 64;

    private SceneTexture(int kind, Colour first, Colour second, float frequency, float phase, float[] noise)
    {
        (_kind, _first, _second, _frequency, _phase, _noise) = (kind, first, second, frequency, phase, noise);
    }

    /// <summary>Draws a texture about a base colour.</summary>
    public static SceneTexture Draw(DemoRandom random, Colour colour)
    {
        int kind = random.Index(6);
        Colour other = Colour.Mix(colour, Colour.Random(random, (0, 1), (0.2f, 0.9f), (0.2f, 1f)), random.Range(0.2f, 0.6f));
        float frequency = random.Range(2.2f, 4.5f), phase = random.Range(0, PortableMath.Tau);
        return new SceneTexture(kind, colour, other, frequency, phase, NoiseField.Create(random, NoiseSize, NoiseSize, 7, 7, 3));
    }

    /// <summary>The colour at a point of the object, its radius being one.</summary>
    public Colour At(float u, float v)
    {
        float a = (u * _frequency * PortableMath.Pi) + _phase, b = v * _frequency * PortableMath.Pi;
        int column = Math.Clamp((int)((u + 1.2f) * (NoiseSize / 2.4f)), 0, NoiseSize - 1);
        int row = Math.Clamp((int)((v + 1.2f) * (NoiseSize / 2.4f)), 0, NoiseSize - 1);
        float noise = _noise[(row * NoiseSize) + column];
        float t = _kind switch
        {
            0 => 0,
            1 => PortableMath.Smooth(-0.25f, 0.25f, PortableMath.Sin(a)),
            2 => PortableMath.Smooth(-0.1f, 0.1f, PortableMath.Sin(a) * PortableMath.Sin(b)),
            3 => PortableMath.Smooth(0.5f, 0.75f, PortableMath.Sin(a) * PortableMath.Sin(b)),
            4 => Math.Clamp(0.5f + noise, 0f, 1f),
            _ => Math.Clamp(0.5f + (0.5f * u), 0f, 1f),
        };
        return Colour.Mix(_first, _second, t) * (1 + (0.12f * noise));
    }
}

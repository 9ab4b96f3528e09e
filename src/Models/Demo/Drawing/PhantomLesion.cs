namespace CAManim.Native.Models.Demo.Drawing;

/// <summary>
/// A lesion: its outline as a radius for every direction, what it holds, and what it does to the echo behind it.
/// </summary>
internal sealed class PhantomLesion
{
    private const int Directions = 360;

    private readonly float[] _outline;
    private readonly bool _isMalignant;
    private readonly float _x;
    private readonly float _y;
    private readonly float _width;
    private readonly int _size;

    private PhantomLesion(float[] outline, bool isMalignant, float x, float y, float width, int size)
    {
        (_outline, _isMalignant, _x, _y, _width, _size) = (outline, isMalignant, x, y, width, size);
        Mask = new byte[size * size];
        for (int i = 0; i < Mask.Length; i++)
        {
            Mask[i] = Depth(i % size, i / size) >= 0 ? (byte)255 : (byte)0;
        }
    }

    /// <summary>[H,W]: 255 in the lesion, its spicules included.</summary>
    public byte[] Mask { get; }

    /// <summary>Draws an outline: an ellipse wider than tall with a smooth margin, or an uneven lump with spicules.</summary>
    public static PhantomLesion Draw(DemoRandom random, bool isMalignant, int size)
    {
        float radius = random.Range(11f, 21f);
        float aspect = isMalignant ? random.Range(0.8f, 1.25f) : random.Range(1.1f, 1.6f);
        float across = radius * MathF.Sqrt(aspect), down = radius / MathF.Sqrt(aspect), turn = random.Range(-0.35f, 0.35f);
        float[] outline = new float[Directions];
        float lump = isMalignant ? random.Range(0.05f, 0.12f) : random.Range(0, 0.05f);
        float second = random.Range(0, PortableMath.Tau), third = random.Range(0, PortableMath.Tau), fifth = random.Range(0, PortableMath.Tau);
        for (int i = 0; i < Directions; i++)
        {
            float angle = i * PortableMath.Tau / Directions;
            float u = PortableMath.Cos(angle - turn) / across, v = PortableMath.Sin(angle - turn) / down;
            float bump = PortableMath.Sin((2 * angle) + second) + PortableMath.Sin((3 * angle) + third) + (0.7f * PortableMath.Sin((5 * angle) + fifth));
            outline[i] = (1 + (lump * bump)) / PortableMath.Length(u, v);
        }

        if (isMalignant)
        {
            AddSpicules(random, outline, radius);
        }

        float x = random.Range(size * 0.25f, size * 0.75f), y = random.Range(size * 0.36f, size * 0.64f);
        return new PhantomLesion(outline, isMalignant, x, y, across, size);
    }

    /// <summary>Puts the lesion into the tissue.</summary>
    public void Apply(float[] echo, DemoRandom random)
    {
        float inside = random.Range(0.04f, 0.14f), edge = _isMalignant ? random.Range(0.8f, 1.6f) : random.Range(0.6f, 1.3f);
        float rim = !_isMalignant && random.Chance(0.5f) ? random.Range(0.2f, 0.6f) : 0;
        float halo = _isMalignant && random.Chance(0.6f) ? random.Range(0.15f, 0.4f) : 0;
        float[] texture = NoiseField.Create(random, _size, _size, 16, 16, 3);

        // Fluid lets the pulse through, fibrous tissue holds it back; both fail to in some, so the margin has to be looked at.
        float behind = random.Chance(0.65f)
            ? _isMalignant ? random.Range(0.45f, 0.75f) : random.Range(1.25f, 1.8f)
            : random.Range(0.85f, 1.15f);
        for (int y = 0; y < _size; y++)
        {
            for (int x = 0; x < _size; x++)
            {
                int i = (y * _size) + x;
                float depth = Depth(x, y);
                float below = PortableMath.Smooth(0, _width * 0.6f, y - _y) * (1 - PortableMath.Smooth(0.6f * _width, 1.05f * _width, MathF.Abs(x - _x)));
                float level = echo[i] * PortableMath.Mix(1, behind, below);
                level += halo * PortableMath.Smooth(-7, 0, depth);
                level += rim * MathF.Max(0, 1 - (MathF.Abs(depth) * 0.7f));
                float content = inside * (1 + ((_isMalignant ? 1.2f : 0.4f) * texture[i]));
                echo[i] = PortableMath.Mix(level, content, PortableMath.Smooth(-edge, edge, depth));
            }
        }
    }

    // Thin spikes all around, none like the other.
    private static void AddSpicules(DemoRandom random, float[] outline, float radius)
    {
        int count = 8 + random.Index(8);
        for (int n = 0; n < count; n++)
        {
            float direction = (n + random.Range(-0.45f, 0.45f)) * Directions / count;
            float length = radius * random.Range(0.25f, 0.9f), half = random.Range(5f, 11f);
            for (int i = 0; i < Directions; i++)
            {
                float away = MathF.Abs(i - direction);
                away = MathF.Min(away, Directions - away);
                outline[i] += length * MathF.Max(0, 1 - (away / half));
            }
        }
    }

    // Pixels from the outline along the ray, positive inside.
    private float Depth(int x, int y)
    {
        float dx = x + 0.5f - _x, dy = y + 0.5f - _y;
        float at = (PortableMath.Atan2(dy, dx) + PortableMath.Tau) * (Directions / PortableMath.Tau);
        int direction = (int)at;
        float t = at - direction;
        float outline = PortableMath.Mix(_outline[direction % Directions], _outline[(direction + 1) % Directions], t);
        return outline - PortableMath.Length(dx, dy);
    }
}

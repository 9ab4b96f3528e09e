namespace CAManim.Native.Models.Demo.Drawing;

/// <summary>Paints the ground that a scene lies on: meadow, foliage, wood, stone or sand.</summary>
internal static class SceneGround
{
    /// <summary>Fills the whole canvas.</summary>
    public static void Paint(Canvas canvas, DemoRandom random)
    {
        switch (random.Index(5))
        {
            case 0: Meadow(canvas, random); break;
            case 1: Foliage(canvas, random); break;
            case 2: Wood(canvas, random); break;
            case 3: Stone(canvas, random); break;
            default: Sand(canvas, random); break;
        }
    }

    // Sky, two ridges one before the other, grass that grows coarser towards the viewer.
    private static void Meadow(Canvas canvas, DemoRandom random)
    {
        Colour zenith = Colour.Random(random, (0.52f, 0.64f), (0.2f, 0.7f), (0.55f, 0.95f));
        Colour haze = Colour.Random(random, (0.05f, 0.15f), (0, 0.35f), (0.75f, 1f));
        Colour far = Colour.Random(random, (0.3f, 0.6f), (0.15f, 0.4f), (0.35f, 0.6f));
        Colour near = Colour.Random(random, (0.17f, 0.36f), (0.35f, 0.75f), (0.25f, 0.6f));
        float[] cloud = NoiseField.Create(random, canvas.Width, canvas.Height, 2.5f, 5, 4);
        float[] grass = NoiseField.Create(random, canvas.Width, canvas.Height, 18, 9, 3);
        float[] ridge = NoiseField.Create(random, canvas.Width, 2, 3, 1, 4);
        float horizon = random.Range(0.2f, 0.6f), overcast = random.Range(0, 1);
        Fill(canvas, (x, y, i) =>
        {
            float v = (float)y / canvas.Height;
            Colour colour = Colour.Mix(zenith, haze, Math.Clamp(v / horizon, 0f, 1f) * 0.8f);
            colour = Colour.Mix(colour, new Colour(0.95f, 0.95f, 0.96f), overcast * PortableMath.Smooth(-0.1f, 0.6f, cloud[i]));
            float hill = horizon - 0.06f + (0.14f * ridge[x]), edge = horizon + (0.08f * ridge[canvas.Width + x]);
            colour = Colour.Mix(colour, far * (1 + (0.2f * grass[i])), PortableMath.Smooth(hill, hill + 0.01f, v));
            float depth = PortableMath.Smooth(edge, 1, v);
            Colour ground = Colour.Mix(near, haze, 0.25f * (1 - depth)) * (1 + ((0.15f + (0.55f * depth)) * grass[i]) + (0.2f * cloud[i]));
            return Colour.Mix(colour, ground, PortableMath.Smooth(edge, edge + 0.01f, v));
        });
    }

    private static void Foliage(Canvas canvas, DemoRandom random)
    {
        Colour dark = Colour.Random(random, (0.2f, 0.42f), (0.4f, 0.8f), (0.08f, 0.25f));
        Colour light = Colour.Random(random, (0.1f, 0.38f), (0.3f, 0.75f), (0.4f, 0.75f));
        float[] shape = NoiseField.Create(random, canvas.Width, canvas.Height, 6, 6, 4);
        float[] gap = NoiseField.Create(random, canvas.Width, canvas.Height, 3, 3, 2);
        Fill(canvas, (x, y, i) => Colour.Mix(dark, light, Math.Clamp(0.45f + (0.9f * shape[i]) + (0.4f * gap[i]), 0f, 1f)));
        int leaves = 50 + random.Index(50);
        for (int i = 0; i < leaves; i++)
        {
            Colour colour = Colour.Mix(dark, light, random.Range(0.2f, 1f)) * random.Range(0.8f, 1.25f);
            Stroke.Leaf(random, canvas.Width, canvas.Height, random.Range(4f, 11f)).Paint(canvas, colour, 1, false);
        }
    }

    // Boards with grain along them and dark joints between.
    private static void Wood(Canvas canvas, DemoRandom random)
    {
        Colour board = Colour.Random(random, (0.03f, 0.12f), (0.25f, 0.65f), (0.35f, 0.8f));
        bool upright = random.Chance(0.5f);
        float width = random.Range(18f, 50f), shift = random.Range(0, 50f), waves = random.Range(0.25f, 0.6f), strength = random.Range(0.06f, 0.18f);
        float[] warp = NoiseField.Create(random, canvas.Width, canvas.Height, upright ? 8 : 1.5f, upright ? 1.5f : 8, 3);
        float[] grain = NoiseField.Create(random, canvas.Width, canvas.Height, upright ? 50 : 3, upright ? 3 : 50, 2);
        float[] tone = NoiseField.Create(random, 16, 2, 8, 1, 1);
        Fill(canvas, (x, y, i) =>
        {
            float across = upright ? x : y;
            float place = (across + shift) / width;
            int number = (int)place;
            float joint = MathF.Min(place - number, number + 1 - place) * width;
            float ring = PortableMath.Sin((across * waves) + (9 * warp[i]) + (number * 2.4f));
            float level = 1 + (strength * ring) + (0.22f * grain[i]) + (0.3f * tone[number & 15]);
            return board * (level * (0.45f + (0.55f * PortableMath.Smooth(0.3f, 1.6f, joint))));
        });
    }

    private static void Stone(Canvas canvas, DemoRandom random)
    {
        Colour base0 = Colour.Random(random, (0, 1), (0.02f, 0.22f), (0.25f, 0.8f));
        Colour moss = Colour.Random(random, (0.12f, 0.4f), (0.2f, 0.6f), (0.25f, 0.55f));
        float[] broad = NoiseField.Create(random, canvas.Width, canvas.Height, 3, 3, 5);
        float[] fine = NoiseField.Create(random, canvas.Width, canvas.Height, 30, 30, 2);
        float[] crack = NoiseField.Create(random, canvas.Width, canvas.Height, 4, 4, 4);
        float mossy = random.Range(-0.2f, 0.9f);
        Fill(canvas, (x, y, i) =>
        {
            Colour colour = Colour.Mix(base0, moss, Math.Clamp(mossy * 2 * broad[i], 0f, 0.8f)) * (1 + (0.35f * broad[i]) + (0.25f * fine[i]));
            return colour * (0.5f + (0.5f * PortableMath.Smooth(0, 0.035f, MathF.Abs(crack[i]))));
        });
    }

    // Ripples, seen obliquely; in blue it is water.
    private static void Sand(Canvas canvas, DemoRandom random)
    {
        bool isWater = random.Chance(0.4f);
        Colour low = isWater
            ? Colour.Random(random, (0.47f, 0.62f), (0.4f, 0.8f), (0.25f, 0.55f))
            : Colour.Random(random, (0.05f, 0.13f), (0.25f, 0.55f), (0.45f, 0.75f));
        Colour high = Colour.Mix(low, new Colour(1, 0.98f, 0.94f), random.Range(0.2f, 0.55f));
        float[] warp = NoiseField.Create(random, canvas.Width, canvas.Height, 3, 6, 4);
        float[] fine = NoiseField.Create(random, canvas.Width, canvas.Height, isWater ? 12 : 40, 40, 2);
        float frequency = random.Range(0.2f, 0.5f), slant = random.Range(-0.25f, 0.25f), bend = random.Range(3f, 8f);
        Fill(canvas, (x, y, i) =>
        {
            float wave = PortableMath.Sin((y * frequency) + (x * slant) + (bend * warp[i]));
            return Colour.Mix(low, high, Math.Clamp(0.4f + (0.3f * wave) + (0.4f * fine[i]) + (0.4f * warp[i]), 0f, 1f));
        });
    }

    private static void Fill(Canvas canvas, Func<int, int, int, Colour> colour)
    {
        for (int y = 0; y < canvas.Height; y++)
        {
            for (int x = 0; x < canvas.Width; x++)
            {
                int index = (y * canvas.Width) + x;
                canvas.Pixels[index] = colour(x, y, index);
            }
        }
    }
}

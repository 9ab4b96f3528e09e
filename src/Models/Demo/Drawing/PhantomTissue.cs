namespace CAManim.Native.Models.Demo.Drawing;

/// <summary>The echogenicity [H,W] of healthy tissue: how strongly each place sends the pulse back.</summary>
internal static class PhantomTissue
{
    /// <summary>Skin, fat with lobules and strands, gland, muscle: wavy layers from top to bottom.</summary>
    public static float[] Create(DemoRandom random, int size)
    {
        float[] echo = new float[size * size];
        float[] wave = NoiseField.Create(random, size, 4, 2.5f, 1, 2);
        float[] mottle = NoiseField.Create(random, size, size, 7, 10, 4);
        float[] strand = NoiseField.Create(random, size, size, 2.5f, 7, 3);
        float skin = random.Range(4f, 9f);
        float fat = skin + random.Range(10f, 30f);
        float gland = fat + random.Range(35f, 60f);
        float fatLevel = random.Range(0.22f, 0.4f), glandLevel = random.Range(0.5f, 0.85f), muscleLevel = random.Range(0.25f, 0.45f);
        float streak = random.Range(0.5f, 1.1f), strands = random.Range(0.02f, 0.05f);
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                int i = (y * size) + x;
                float noise = mottle[i];
                float skinEnd = skin + (1.5f * wave[x]), fatEnd = fat + (9 * wave[size + x]), glandEnd = gland + (7 * wave[(2 * size) + x]);
                float bright = 1 - PortableMath.Smooth(0, strands, MathF.Abs(strand[i]));
                float inFat = (fatLevel * (1 + (0.25f * noise))) + (0.45f * bright);
                float inGland = glandLevel * (1 + (0.75f * noise)) * (1 - (0.35f * bright));
                float inMuscle = muscleLevel * (1 + (0.3f * PortableMath.Sin((y * streak) + (5 * wave[(2 * size) + x]) + (2.5f * noise))) + (0.3f * noise));
                float level = PortableMath.Mix(inFat, inGland, PortableMath.Smooth(fatEnd - 1.5f, fatEnd + 1.5f, y));
                level = PortableMath.Mix(level, inMuscle, PortableMath.Smooth(glandEnd - 1, glandEnd + 1, y));

                // Fascia: a bright line where muscle begins.
                level += 0.7f * MathF.Max(0, 1 - (MathF.Abs(y - glandEnd) * 0.6f));
                echo[i] = PortableMath.Mix(1.1f + (0.2f * noise), level, PortableMath.Smooth(skinEnd - 1, skinEnd + 1, y));
            }
        }

        AddLobules(echo, random, size, fat, gland);
        AddShadows(echo, random, size);
        return echo;
    }

    // Lobules of fat in the gland: darker, soft-edged, flat. Seen in every class, so darkness alone says nothing.
    private static void AddLobules(float[] echo, DemoRandom random, int size, float from, float to)
    {
        int count = random.Index(5);
        for (int n = 0; n < count; n++)
        {
            float x0 = random.Range(0, size), y0 = random.Range(from, to), across = random.Range(8f, 20f), down = random.Range(3f, 7f);
            float depth = random.Range(0.2f, 0.5f), slant = random.Range(-0.3f, 0.3f);
            for (int i = 0; i < echo.Length; i++)
            {
                float dx = (i % size) - x0, dy = (i / size) - y0 - (slant * dx);
                float r = (dx * dx / (across * across)) + (dy * dy / (down * down));
                echo[i] *= 1 - (depth * (1 - PortableMath.Smooth(0.5f, 1.3f, r)));
            }
        }
    }

    // Bad contact at the skin darkens whole columns, in every class.
    private static void AddShadows(float[] echo, DemoRandom random, int size)
    {
        int count = random.Index(3);
        for (int n = 0; n < count; n++)
        {
            float x0 = random.Range(0, size), half = random.Range(3f, 10f), depth = random.Range(0.15f, 0.45f);
            for (int i = 0; i < echo.Length; i++)
            {
                echo[i] *= 1 - (depth * (1 - PortableMath.Smooth(0, half, MathF.Abs((i % size) - x0))));
            }
        }
    }
}

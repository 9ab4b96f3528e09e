namespace CAManim.Native.Models.Demo.Drawing;

/// <summary>What lies about and means nothing: twigs, leaves, blades of grass and pebbles, under the objects and over them.</summary>
internal static class SceneClutter
{
    /// <summary>Scatters clutter over the ground.</summary>
    public static void Scatter(Canvas canvas, DemoRandom random, SceneLight light)
    {
        int pebbles = random.Index(14), twigs = random.Index(6), leaves = random.Index(9);
        for (int i = 0; i < pebbles; i++)
        {
            Pebble(canvas, random, light);
        }

        for (int i = 0; i < twigs + leaves; i++)
        {
            Drop(canvas, random, random.Range(0, canvas.Width), random.Range(0, canvas.Height), i < twigs, light, false);
        }
    }

    /// <summary>Lays a twig, a leaf or blades of grass over some of the objects.</summary>
    public static void Occlude(Canvas canvas, DemoRandom random, ReadOnlySpan<ScenePlace> places, SceneLight light)
    {
        foreach (ScenePlace place in places)
        {
            int count = random.Chance(0.4f) ? 1 + random.Index(2) : 0;
            for (int i = 0; i < count; i++)
            {
                // Rather over the rim than over the middle.
                float angle = random.Range(0, PortableMath.Tau), away = place.Radius * random.Range(0.5f, 1.1f);
                Drop(canvas, random, place.X + (away * PortableMath.Cos(angle)), place.Y + (away * PortableMath.Sin(angle)), random.Chance(0.6f), light, true);
            }
        }
    }

    private static void Drop(Canvas canvas, DemoRandom random, float x, float y, bool isTwig, SceneLight light, bool covers)
    {
        Colour colour = isTwig
            ? Colour.Random(random, (0.02f, 0.12f), (0.2f, 0.6f), (0.2f, 0.7f))
            : Colour.Random(random, (-0.02f, 0.4f), (0.3f, 0.85f), (0.3f, 0.85f));
        float angle = random.Range(0, PortableMath.Tau), bend = random.Range(-0.14f, 0.14f);
        float length = isTwig ? random.Range(18f, 60f) : random.Range(10f, 26f);
        float width = isTwig ? random.Range(0.7f, 2.2f) : length * random.Range(0.12f, 0.2f);
        float shift = random.Range(0.8f, 2.2f);
        Stroke shadow = new(x - (light.X * shift), y - (light.Y * shift), length, angle, bend, width, !isTwig);
        shadow.Paint(canvas, default, light.ShadowDepth * 0.7f, false);
        new Stroke(x, y, length, angle, bend, width, !isTwig).Paint(canvas, colour, 1, covers);
    }

    // A lump with an uneven rim, far smaller than any object.
    private static void Pebble(Canvas canvas, DemoRandom random, SceneLight light)
    {
        float x0 = random.Range(0, canvas.Width), y0 = random.Range(0, canvas.Height), radius = random.Range(1.5f, 6.5f);
        float flat = random.Range(0.55f, 0.85f), turn = random.Range(0, PortableMath.Tau);
        float second = random.Range(0.05f, 0.2f), third = random.Range(0.05f, 0.16f), phase = random.Range(0, PortableMath.Tau);
        float cos = PortableMath.Cos(turn), sin = PortableMath.Sin(turn);
        Colour colour = Colour.Random(random, (0, 1), (0, 0.3f), (0.25f, 0.9f));
        (int fromX, int toX) = Canvas.Span(x0, radius * 2, canvas.Width);
        (int fromY, int toY) = Canvas.Span(y0, radius * 2, canvas.Height);
        for (int y = fromY; y < toY; y++)
        {
            for (int x = fromX; x < toX; x++)
            {
                float dx = x + 0.5f - x0, dy = y + 0.5f - y0;
                float towards = ((dx * light.X) + (dy * light.Y)) / radius;
                int index = (y * canvas.Width) + x;
                float shade = Math.Clamp(0.5f - (Rim(dx + (light.X * 1.5f), dy + (light.Y * 1.5f)) * 0.5f), 0f, 1f);
                canvas.Pixels[index] *= 1 - (light.ShadowDepth * 0.8f * shade);
                canvas.Blend(index, colour * (1 + (0.35f * towards)), Math.Clamp(0.5f - Rim(dx, dy), 0f, 1f));
            }
        }

        float Rim(float dx, float dy)
        {
            float u = (dx * cos) + (dy * sin), v = ((dy * cos) - (dx * sin)) / flat;
            float angle = PortableMath.Atan2(v, u);
            float bump = 1 + (second * PortableMath.Sin((2 * angle) + phase)) + (third * PortableMath.Sin((3 * angle) - phase));
            return PortableMath.Length(u, v) - (radius * bump);
        }
    }
}

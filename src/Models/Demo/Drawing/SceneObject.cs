namespace CAManim.Native.Models.Demo.Drawing;

/// <summary>Paints one object: shadow, textured and shaded body, mask.</summary>
internal static class SceneObject
{
    // A colour nearer than this to the ground around it hides the object from people as well.
    private const float LeastContrast = 0.33f;

    /// <summary>Paints an object of a shape class at a place and adds its mask.</summary>
    public static void Paint(Canvas canvas, DemoRandom random, int shape, ScenePlace place, SceneLight light)
    {
        float angle = random.Range(0, PortableMath.Tau);
        float cos = PortableMath.Cos(angle), sin = PortableMath.Sin(angle);
        float stretch = random.Range(0.93f, 1.07f);
        float height = place.Radius * light.ShadowLength;
        Colour colour = Contrasting(random, canvas.MeanAround(place.X, place.Y, place.Radius));
        SceneTexture texture = SceneTexture.Draw(random, colour);
        float gloss = random.Range(0.05f, 0.3f), bevel = random.Range(0, 0.3f), softness = random.Range(1.5f, 5f);

        Shade(canvas, place, -light.X * height, -light.Y * height, light.ShadowDepth, softness, Distance);
        byte[] mask = new byte[canvas.Width * canvas.Height];
        (int x0, int x1) = Canvas.Span(place.X, place.Radius * 1.1f, canvas.Width);
        (int y0, int y1) = Canvas.Span(place.Y, place.Radius * 1.1f, canvas.Height);
        for (int y = y0; y < y1; y++)
        {
            for (int x = x0; x < x1; x++)
            {
                float dx = x + 0.5f - place.X, dy = y + 0.5f - place.Y;
                float distance = Distance(dx, dy);
                float coverage = Math.Clamp(0.5f - distance, 0f, 1f);
                if (coverage <= 0)
                {
                    continue;
                }

                float u = ((dx * cos) + (dy * sin)) / place.Radius, v = ((dy * cos) - (dx * sin)) / place.Radius;
                float towards = ((dx * light.X) + (dy * light.Y)) / place.Radius;

                // The rim catches the light on one side and loses it on the other.
                float rim = PortableMath.Smooth(-0.16f * place.Radius, 0, distance) * bevel * (towards > 0 ? 1 : -1.3f);
                int index = (y * canvas.Width) + x;
                canvas.Blend(index, texture.At(u, v) * (1 + (gloss * towards) + rim), coverage);
                if (coverage >= 0.5f)
                {
                    canvas.Cover(index);
                    mask[index] = 255;
                }
            }
        }

        canvas.Masks.Add(mask);

        float Distance(float dx, float dy)
        {
            float u = ((dx * cos) + (dy * sin)) / place.Radius, v = ((dy * cos) - (dx * sin)) / (place.Radius * stretch);
            return Outline.Distance(shape, u, v) * place.Radius;
        }
    }

    private static void Shade(Canvas canvas, ScenePlace place, float shiftX, float shiftY, float depth, float softness, Func<float, float, float> distance)
    {
        (int x0, int x1) = Canvas.Span(place.X + shiftX, (place.Radius * 1.1f) + softness, canvas.Width);
        (int y0, int y1) = Canvas.Span(place.Y + shiftY, (place.Radius * 1.1f) + softness, canvas.Height);
        for (int y = y0; y < y1; y++)
        {
            for (int x = x0; x < x1; x++)
            {
                float d = distance(x + 0.5f - place.X - shiftX, y + 0.5f - place.Y - shiftY);
                float shadow = depth * (1 - PortableMath.Smooth(-softness, softness, d));
                if (shadow > 0)
                {
                    int index = (y * canvas.Width) + x;
                    canvas.Pixels[index] *= 1 - shadow;
                }
            }
        }
    }

    private static Colour Contrasting(DemoRandom random, Colour ground)
    {
        Colour best = default;
        for (int attempt = 0; attempt < 12; attempt++)
        {
            Colour colour = Colour.Random(random, (0, 1), (0.15f, 0.95f), (0.3f, 1f));
            if (attempt == 0 || colour.DistanceTo(ground) > best.DistanceTo(ground))
            {
                best = colour;
            }

            if (best.DistanceTo(ground) > LeastContrast)
            {
                break;
            }
        }

        return best;
    }
}

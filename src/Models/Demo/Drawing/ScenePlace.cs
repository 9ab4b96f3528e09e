namespace CAManim.Native.Models.Demo.Drawing;

/// <summary>Where an object lies: centre and radius of the circle around it, in pixels.</summary>
internal readonly record struct ScenePlace(float X, float Y, float Radius)
{
    // Below 15 pixels nothing but its colour is left of an object after the network's first halvings.
    private const float SmallestRadius = 15f;

    // A hexagon is told from a circle by corners of an eighth of its radius: both are drawn larger, or people could not tell either.
    private const float RoundMargin = 3.5f;

    /// <summary>Places for objects that touch neither each other (but for a little) nor the border.</summary>
    public static ScenePlace[] Choose(DemoRandom random, ReadOnlySpan<int> classes, int size)
    {
        (float low, float high) = classes.Length switch { 1 => (20f, 38f), 2 => (18.5f, 30f), _ => (16f, 22f) };
        ScenePlace[] places = new ScenePlace[classes.Length];
        for (int i = 0; i < classes.Length;)
        {
            float radius = random.Range(low, high);
            radius = MathF.Max(radius, MathF.Min(low + (Outline.IsRound(classes[i]) ? RoundMargin : 0), high));
            ScenePlace place = new(random.Range(radius, size - radius), random.Range(radius, size - radius), radius);
            bool isFree = true;
            for (int j = 0; j < i; j++)
            {
                isFree &= PortableMath.Length(place.X - places[j].X, place.Y - places[j].Y) > 0.97f * (radius + places[j].Radius);
            }

            if (isFree)
            {
                places[i++] = place;
            }
            else
            {
                // Smaller with every failure, so that an end is certain.
                high = MathF.Max(SmallestRadius + 1, high - 0.1f);
                low = MathF.Max(SmallestRadius, low - 0.1f);
            }
        }

        return places;
    }
}

namespace CAManim.Native.Models.Demo.Drawing;

/// <summary>Where an object lies: centre and radius of the circle around it, in pixels.</summary>
internal readonly record struct ScenePlace(float X, float Y, float Radius)
{
    // Below 15 pixels a hexagon is no longer told from a circle after the network's first halving.
    private const float SmallestRadius = 15f;

    /// <summary>Places for objects that touch neither each other (but for a little) nor the border.</summary>
    public static ScenePlace[] Choose(DemoRandom random, int count, int size)
    {
        (float low, float high) = count switch { 1 => (18f, 38f), 2 => (18f, 30f), _ => (16f, 22f) };
        ScenePlace[] places = new ScenePlace[count];
        for (int i = 0; i < count;)
        {
            float radius = random.Range(low, high);
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

namespace CAManim.Native.Models.Demo.Drawing;

/// <summary>
/// Outlines of the shape classes as signed distances: negative inside, about one unit at the rim's circle, origin in the middle.
/// </summary>
internal static class Outline
{
    private static readonly float[] Square = Regular(4, PortableMath.Pi / 4);
    private static readonly float[] Triangle = Regular(3, -PortableMath.Pi / 2);
    private static readonly float[] Hexagon = Regular(6, 0);
    private static readonly float[] Star = StarCorners(5, 0.45f);
    private static readonly float[] Cross = CrossCorners(0.3f, 0.92f);

    /// <summary>Signed distance of a point to the outline of a class of <see cref="DemoScenes.ClassNames"/>.</summary>
    public static float Distance(int shape, float x, float y) => shape switch
    {
        0 => PortableMath.Length(x, y) - 0.88f,
        1 => Polygon(Square, x, y),
        2 => Polygon(Triangle, x, y + 0.1f),
        3 => Polygon(Star, x, y),
        4 => Polygon(Cross, x, y),
        5 => MathF.Abs(PortableMath.Length(x, y) - 0.72f) - 0.21f,
        6 => MathF.Max(PortableMath.Length(x, y) - 0.97f, 0.8f - PortableMath.Length(x - 0.48f, y)),
        _ => Polygon(Hexagon, x, y),
    };

    /// <summary>Whether a class is a circle or a hexagon, the two that look alike when they are small.</summary>
    public static bool IsRound(int shape) => shape is 0 or 7;

    // Distance to the nearest edge; the sign by the crossings of a ray.
    private static float Polygon(float[] corners, float x, float y)
    {
        float nearest = float.MaxValue;
        bool inside = false;
        int last = corners.Length - 2;
        for (int i = 0, j = last; i < corners.Length; j = i, i += 2)
        {
            float ex = corners[j] - corners[i], ey = corners[j + 1] - corners[i + 1];
            float wx = x - corners[i], wy = y - corners[i + 1];
            float t = Math.Clamp(((wx * ex) + (wy * ey)) / ((ex * ex) + (ey * ey)), 0f, 1f);
            float dx = wx - (ex * t), dy = wy - (ey * t);
            nearest = MathF.Min(nearest, (dx * dx) + (dy * dy));
            if ((corners[i + 1] > y) != (corners[j + 1] > y) && x < corners[i] + (ex * (y - corners[i + 1]) / ey))
            {
                inside = !inside;
            }
        }

        float distance = MathF.Sqrt(nearest);
        return inside ? -distance : distance;
    }

    private static float[] Regular(int count, float turn)
    {
        float[] corners = new float[count * 2];
        for (int i = 0; i < count; i++)
        {
            float angle = turn + (i * PortableMath.Tau / count);
            (corners[i * 2], corners[(i * 2) + 1]) = (PortableMath.Cos(angle), PortableMath.Sin(angle));
        }

        return corners;
    }

    private static float[] StarCorners(int points, float inner)
    {
        float[] corners = Regular(points * 2, -PortableMath.Pi / 2);
        for (int i = 1; i < points * 2; i += 2)
        {
            corners[i * 2] *= inner;
            corners[(i * 2) + 1] *= inner;
        }

        return corners;
    }

    private static float[] CrossCorners(float arm, float reach) =>
    [
        arm, -reach, arm, -arm, reach, -arm, reach, arm, arm, arm, arm, reach,
        -arm, reach, -arm, arm, -reach, arm, -reach, -arm, -arm, -arm, -arm, -reach,
    ];
}

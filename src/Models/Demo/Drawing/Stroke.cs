namespace CAManim.Native.Models.Demo.Drawing;

/// <summary>
/// A bent, tapering stroke along a quadratic curve: twig, grass blade or leaf. None looks like one of the shape classes.
/// </summary>
internal sealed class Stroke
{
    private const int Pieces = 10;

    private readonly float[] _x = new float[Pieces + 1];
    private readonly float[] _y = new float[Pieces + 1];
    private readonly float[] _width = new float[Pieces + 1];
    private readonly bool _hasRib;

    /// <summary>A stroke of a length around a centre.</summary>
    /// <param name="centreX">Middle, in pixels.</param>
    /// <param name="centreY">Middle, in pixels.</param>
    /// <param name="length">From end to end.</param>
    /// <param name="angle">Direction.</param>
    /// <param name="bend">Offset of the middle, as a share of the length.</param>
    /// <param name="width">Half width at the widest point.</param>
    /// <param name="isLeaf">Pointed at both ends, with a rib; otherwise tapering to one end.</param>
    public Stroke(float centreX, float centreY, float length, float angle, float bend, float width, bool isLeaf)
    {
        _hasRib = isLeaf;
        float cos = PortableMath.Cos(angle), sin = PortableMath.Sin(angle);
        for (int i = 0; i <= Pieces; i++)
        {
            float t = (float)i / Pieces;
            float along = (t - 0.5f) * length, aside = bend * length * 4 * t * (1 - t);
            _x[i] = centreX + (along * cos) - (aside * sin);
            _y[i] = centreY + (along * sin) + (aside * cos);
            _width[i] = width * (isLeaf ? 4 * t * (1 - t) : 1 - (0.75f * t));
        }
    }

    /// <summary>A leaf anywhere in the picture.</summary>
    public static Stroke Leaf(DemoRandom random, int width, int height, float length) =>
        new(random.Range(0, width), random.Range(0, height), length * 2, random.Range(0, PortableMath.Tau), random.Range(-0.12f, 0.12f), length * random.Range(0.18f, 0.32f), true);

    /// <summary>Blends the stroke over the canvas.</summary>
    /// <param name="canvas">What is painted on.</param>
    /// <param name="colour">Colour of the lit side.</param>
    /// <param name="alpha">Opacity.</param>
    /// <param name="covers">Whether the masks lose the pixels that it hides.</param>
    public void Paint(Canvas canvas, Colour colour, float alpha, bool covers)
    {
        float reach = _width.Max() + 1;
        (int x0, int x1) = Canvas.Span((_x.Min() + _x.Max()) * 0.5f, ((_x.Max() - _x.Min()) * 0.5f) + reach, canvas.Width);
        (int y0, int y1) = Canvas.Span((_y.Min() + _y.Max()) * 0.5f, ((_y.Max() - _y.Min()) * 0.5f) + reach, canvas.Height);
        for (int y = y0; y < y1; y++)
        {
            for (int x = x0; x < x1; x++)
            {
                (float distance, float side) = Nearest(x + 0.5f, y + 0.5f);
                float coverage = alpha * Math.Clamp(0.5f - distance, 0f, 1f);
                if (coverage <= 0)
                {
                    continue;
                }

                float level = _hasRib && MathF.Abs(side) < 0.5f ? 0.75f : 1 + (0.18f * Math.Clamp(side, -1f, 1f));
                int index = (y * canvas.Width) + x;
                canvas.Blend(index, colour * level, coverage);
                if (covers && coverage >= 0.5f)
                {
                    canvas.Cover(index);
                }
            }
        }
    }

    // Distance to the stroke's rim, and to its middle line with the side as sign.
    private (float Distance, float Side) Nearest(float x, float y)
    {
        float best = float.MaxValue, side = 0;
        for (int i = 0; i < Pieces; i++)
        {
            float ex = _x[i + 1] - _x[i], ey = _y[i + 1] - _y[i];
            float wx = x - _x[i], wy = y - _y[i];
            float t = Math.Clamp(((wx * ex) + (wy * ey)) / ((ex * ex) + (ey * ey) + 1e-6f), 0f, 1f);
            float middle = PortableMath.Length(wx - (ex * t), wy - (ey * t));
            float rim = middle - PortableMath.Mix(_width[i], _width[i + 1], t);
            if (rim < best)
            {
                (best, side) = (rim, (ex * wy) - (ey * wx) > 0 ? middle : -middle);
            }
        }

        return (best, side);
    }
}

using System.Globalization;

namespace CAManim.Native.Encoding.Text;

/// <summary>Reads a glyph's path into straight segments.</summary>
internal static class StrokeOutline
{
    // Glyphs are a few dozen pixels high: eight chords of a quarter turn are within a tenth of a pixel.
    private const int Chords = 8;

    public readonly record struct Segment(float X0, float Y0, float X1, float Y1);

    public static List<Segment> Read(string path)
    {
        List<Segment> segments = [];
        (float X, float Y) pen = (0, 0);
        int at = 0;
        while (at < path.Length)
        {
            char command = path[at++];
            int end = path.AsSpan(at).IndexOfAny('M', 'L', 'Q');
            string[] numbers = (end < 0 ? path[at..] : path.Substring(at, end)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            float[] values = [.. numbers.Select(n => float.Parse(n, CultureInfo.InvariantCulture))];
            at = end < 0 ? path.Length : at + end;
            switch (command)
            {
                case 'L':
                    segments.Add(new Segment(pen.X, pen.Y, values[0], values[1]));
                    break;
                case 'Q':
                    AddCurve(segments, pen, (values[0], values[1]), (values[2], values[3]));
                    break;
            }

            pen = (values[^2], values[^1]);
        }

        return segments;
    }

    private static void AddCurve(List<Segment> segments, (float X, float Y) from, (float X, float Y) control, (float X, float Y) to)
    {
        (float X, float Y) last = from;
        for (int i = 1; i <= Chords; i++)
        {
            float t = i / (float)Chords;
            float u = 1 - t;
            (float X, float Y) next = (
                (u * u * from.X) + (2 * u * t * control.X) + (t * t * to.X),
                (u * u * from.Y) + (2 * u * t * control.Y) + (t * t * to.Y));
            segments.Add(new Segment(last.X, last.Y, next.X, next.Y));
            last = next;
        }
    }
}

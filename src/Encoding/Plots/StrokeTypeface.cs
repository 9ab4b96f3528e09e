using CAManim.Native.Encoding.Text;

namespace CAManim.Native.Encoding.Plots;

/// <summary>
/// <see cref="StrokeFont"/> as a TrueType font. Every stroke becomes a round-ended outline of its own; a TrueType outline is filled by
/// the nonzero rule, so that strokes of one direction unite.
/// </summary>
internal static class StrokeTypeface
{
    /// <summary>Font units of a stroke font's unit; capitals are 10 units high and 0.72 em, as in common sans-serifs.</summary>
    private const float Scale = 72;
    private const float HalfStroke = 0.55f;

    // Points are drawn as very short strokes; at the size of labels they need more weight than a line.
    private const float LongestPoint = 0.3f;
    private const float HalfPoint = 0.8f;
    private const float Spacing = 2.6f;
    private const int CapSides = 6;

    /// <summary>The file's bytes.</summary>
    /// <param name="family">Name of the family.</param>
    public static byte[] Build(string family)
    {
        char[] characters = [.. StrokeFont.Characters.Order()];
        List<TrueTypeGlyph> glyphs = [Glyph(StrokeFont.Get('\0'))];
        glyphs.AddRange(characters.Select(c => Glyph(StrokeFont.Get(c))));
        return TrueTypeFile.Write(family, characters, glyphs);
    }

    /// <summary>Width of a text in ems.</summary>
    public static float Measure(string text)
    {
        float units = 0;
        foreach (char character in text)
        {
            units += Advance(StrokeFont.Get(character));
        }

        return units / TrueTypeFile.UnitsPerEm;
    }

    private static float Advance(StrokeGlyph glyph) => (glyph.Width + Spacing) * Scale;

    private static TrueTypeGlyph Glyph(StrokeGlyph glyph)
    {
        float left = Spacing / 2;
        List<(short X, short Y)[]> contours = [.. StrokeOutline.Read(glyph.Path).Select(s => Capsule(s, left))];
        return new TrueTypeGlyph((ushort)MathF.Round(Advance(glyph)), contours);
    }

    // Two half circles joined by straight sides, clockwise as TrueType's outer outlines are.
    private static (short X, short Y)[] Capsule(StrokeOutline.Segment segment, float left)
    {
        float half = MathF.Abs(segment.X1 - segment.X0) + MathF.Abs(segment.Y1 - segment.Y0) < LongestPoint ? HalfPoint : HalfStroke;
        float along = MathF.Atan2(segment.Y1 - segment.Y0, segment.X1 - segment.X0);
        List<(short X, short Y)> points = [];
        Add(segment.X1, segment.Y1, along + (MathF.PI / 2));
        Add(segment.X0, segment.Y0, along - (MathF.PI / 2));
        return [.. points];

        void Add(float x, float y, float from)
        {
            for (int i = 0; i <= CapSides; i++)
            {
                (float sine, float cosine) = MathF.SinCos(from - (MathF.PI * i / CapSides));
                points.Add(((short)MathF.Round((left + x + (half * cosine)) * Scale), (short)MathF.Round((y + (half * sine)) * Scale)));
            }
        }
    }
}

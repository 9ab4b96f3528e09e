using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace CAManim.Native.Encoding.Text;

/// <summary>
/// The font at one size and weight. Heights and widths of every glyph are fitted to whole pixels, so that stems and bars stay sharp when small;
/// each glyph is rasterised once per process.
/// </summary>
internal sealed class TextStyle
{
    private const float CapitalUnits = 10;
    private const float SmallUnits = 7;
    private const float SpacingUnits = 2.7f;

    // Thinner strokes fade where they run between two rows of pixels.
    private const float ThinnestHalfStroke = 0.56f;

    private static readonly ConcurrentDictionary<(int, bool), TextStyle> Styles = new();

    private readonly ConcurrentDictionary<char, GlyphBitmap> _glyphs = new();
    private readonly float _scale;
    private readonly int _smallHeight;
    private readonly float _halfStroke;

    private TextStyle(int capitalHeight, bool isBold)
    {
        CapitalHeight = capitalHeight;
        _scale = capitalHeight / CapitalUnits;
        _smallHeight = (int)MathF.Round(_scale * SmallUnits);
        _halfStroke = MathF.Max(ThinnestHalfStroke, _scale * (isBold ? 0.86f : 0.6f));
    }

    /// <summary>Pixels from the baseline to the top of capitals.</summary>
    public int CapitalHeight { get; }

    /// <summary>Pixels that no glyph leaves: above the capitals and below the baseline alike.</summary>
    public int Overhang => (int)MathF.Ceiling((_scale * 3) + _halfStroke + 0.5f);

    /// <summary>The style of a size.</summary>
    public static TextStyle Of(int capitalHeight, bool isBold = false) => Styles.GetOrAdd((capitalHeight, isBold), static key => new TextStyle(key.Item1, key.Item2));

    /// <summary>Pixels from the first pen position to the one after the last glyph.</summary>
    public int Measure(ReadOnlySpan<char> text)
    {
        int width = 0;
        foreach (char c in text)
        {
            width += Get(c).Advance;
        }

        return width;
    }

    /// <summary>Draws text into a coverage bitmap; what leaves it is cut off.</summary>
    public void Draw(Span<byte> coverage, int width, int x, int baseline, ReadOnlySpan<char> text)
    {
        int height = coverage.Length / width;
        foreach (char c in text)
        {
            GlyphBitmap glyph = Get(c);
            int left = x + glyph.Left;
            int first = Math.Max(0, -left);
            int count = Math.Min(glyph.Width, width - left) - first;
            int top = baseline - glyph.Top;
            for (int row = Math.Max(0, -top); row < Math.Min(glyph.Height, height - top) && count > 0; row++)
            {
                ReadOnlySpan<byte> source = glyph.Coverage.AsSpan((row * glyph.Width) + first, count);
                Span<byte> target = coverage.Slice(((top + row) * width) + left + first, count);

                // Neighbours may overlap by the softened edge of a stroke.
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = Math.Max(target[i], source[i]);
                }
            }

            x += glyph.Advance;
        }
    }

    private GlyphBitmap Get(char character) => _glyphs.GetOrAdd(character, static (c, style) => style.Rasterise(StrokeFont.Get(c)), this);

    private GlyphBitmap Rasterise(StrokeGlyph glyph)
    {
        int width = (int)MathF.Round(glyph.Width * _scale);
        float stretch = glyph.Width > 0 ? width / glyph.Width : 1;
        StrokeOutline.Segment[] segments = [.. StrokeOutline.Read(glyph.Path).Select(s => new StrokeOutline.Segment(s.X0 * stretch, Fit(s.Y0), s.X1 * stretch, Fit(s.Y1)))];
        int border = (int)MathF.Ceiling(_halfStroke + 0.5f);
        int bottom = Overhang;
        int columns = width + (2 * border) + 1;
        int rows = CapitalHeight + (2 * bottom) + 1;
        byte[] coverage = new byte[columns * rows];
        for (int y = 0; y < rows && segments.Length > 0; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                float nearest = Nearest(segments, x - border, CapitalHeight + bottom - y);
                coverage[(y * columns) + x] = (byte)MathF.Round(255 * Math.Clamp(_halfStroke + 0.5f - nearest, 0, 1));
            }
        }

        return new GlyphBitmap(-border, CapitalHeight + bottom, columns, rows, width + (int)MathF.Round(SpacingUnits * _scale), coverage);
    }

    // Piecewise linear, so that the tops of small letters and of capitals both lie on whole pixels.
    private float Fit(float y) => y switch
    {
        <= 0 => y * _scale,
        <= SmallUnits => y * _smallHeight / SmallUnits,
        <= CapitalUnits => _smallHeight + ((y - SmallUnits) * (CapitalHeight - _smallHeight) / (CapitalUnits - SmallUnits)),
        _ => CapitalHeight + ((y - CapitalUnits) * _scale),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Nearest(StrokeOutline.Segment[] segments, float x, float y)
    {
        float nearest = float.PositiveInfinity;
        foreach (ref readonly StrokeOutline.Segment segment in segments.AsSpan())
        {
            nearest = MathF.Min(nearest, Distance(segment, x, y));
        }

        return nearest;
    }

    private static float Distance(in StrokeOutline.Segment s, float x, float y)
    {
        (float dx, float dy) = (s.X1 - s.X0, s.Y1 - s.Y0);
        float length = (dx * dx) + (dy * dy);
        float t = length > 0 ? Math.Clamp((((x - s.X0) * dx) + ((y - s.Y0) * dy)) / length, 0, 1) : 0;
        (float ox, float oy) = (x - s.X0 - (t * dx), y - s.Y0 - (t * dy));
        return MathF.Sqrt((ox * ox) + (oy * oy));
    }
}

using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text.RegularExpressions;

namespace CAManim.Native.Encoding.Tests.Plots;

/// <summary>The texts of an SVG and the boxes that they fill.</summary>
internal static partial class SvgTexts
{
    // Of the letters' size: capitals above the baseline, descenders below.
    private const float Above = 0.72f;
    private const float Below = 0.2f;

    public static IReadOnlyList<(string Text, Vector2[] Corners)> Read(string svg) => [.. Texts().Matches(svg).Select(m => Place(m.Value))];

    /// <summary>Fails where two texts overlap or one leaves the picture.</summary>
    public static void AssertApart(string svg, int width, int height)
    {
        IReadOnlyList<(string Text, Vector2[] Corners)> texts = Read(svg);
        Assert.NotEmpty(texts);
        for (int i = 0; i < texts.Count; i++)
        {
            Assert.All(texts[i].Corners, c => Assert.True(c.X >= 0 && c.Y >= 0 && c.X <= width && c.Y <= height, $"'{texts[i].Text}' reaches {c} of {width}x{height}"));
            for (int k = 0; k < i; k++)
            {
                Assert.False(Overlap(texts[i].Corners, texts[k].Corners), $"'{texts[i].Text}' and '{texts[k].Text}' overlap at {texts[i].Corners[0]} and {texts[k].Corners[0]}");
            }
        }
    }

    // Two boxes are apart where a side of one has all of the other behind it.
    private static bool Overlap(Vector2[] a, Vector2[] b) => !IsApart(a, b) && !IsApart(b, a);

    private static bool IsApart(Vector2[] a, Vector2[] b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            Vector2 side = a[(i + 1) % a.Length] - a[i];
            Vector2 normal = new(side.Y, -side.X);
            float own = a.Max(c => Vector2.Dot(c, normal));
            if (b.Min(c => Vector2.Dot(c, normal)) >= own)
            {
                return true;
            }
        }

        return false;
    }

    private static (string Text, Vector2[] Corners) Place(string element)
    {
        float size = Number("font-size");
        float width = Number("textLength");
        float left = Number("x") - (width * Attribute("text-anchor") switch { "end" => 1, "middle" => 0.5f, _ => 0 });
        float baseline = Number("y");
        Matrix3x2 transform = Transform(Attribute("transform"));
        Vector2[] corners =
        [
            new(left, baseline - (Above * size)), new(left + width, baseline - (Above * size)),
            new(left + width, baseline + (Below * size)), new(left, baseline + (Below * size)),
        ];
        return (WebUtility.HtmlDecode(Texts().Match(element).Groups[1].Value), [.. corners.Select(c => Vector2.Transform(c, transform))]);

        string Attribute(string name) => Regex.Match(element, $" {name}=\"([^\"]*)\"").Groups[1].Value;

        float Number(string name) => float.Parse(Attribute(name), CultureInfo.InvariantCulture);
    }

    private static Matrix3x2 Transform(string text)
    {
        float[] n = [.. Numbers().Matches(text).Select(m => float.Parse(m.Value, CultureInfo.InvariantCulture))];
        return n.Length switch
        {
            6 => new Matrix3x2(n[0], n[1], n[2], n[3], n[4], n[5]),
            2 => Matrix3x2.CreateTranslation(n[0], n[1]),
            0 => Matrix3x2.Identity,
            _ => throw new FormatException($"'{text}' is neither matrix nor translation."),
        };
    }

    [GeneratedRegex("<text[^>]*>([^<]*)</text>")]
    private static partial Regex Texts();

    [GeneratedRegex("-?[0-9.]+(e-?[0-9]+)?")]
    private static partial Regex Numbers();
}

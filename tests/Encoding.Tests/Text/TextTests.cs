using CAManim.Native.Encoding.Text;

namespace CAManim.Native.Encoding.Tests.Text;

public sealed class TextTests
{
    [Fact]
    public void Every_printable_ascii_character_has_a_glyph()
    {
        for (char c = ' '; c <= '~'; c++)
        {
            Assert.Contains(c, StrokeFont.Characters);
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(13)]
    [InlineData(24)]
    public void Glyphs_are_told_apart_and_none_leaves_its_line(int size)
    {
        TextStyle style = TextStyle.Of(size);
        Dictionary<string, char> seen = [];
        foreach (char c in StrokeFont.Characters.Where(c => c != ' '))
        {
            int width = style.Measure([c]) + 8;
            int height = size + (2 * style.Overhang) + 2;
            byte[] coverage = new byte[width * height];
            style.Draw(coverage, width, 4, 1 + style.Overhang + size, [c]);
            Assert.True(coverage.Max() > 150, $"'{c}' at size {size} is faint: {coverage.Max()}");
            Assert.All(coverage[..width], value => Assert.Equal(0, value));
            Assert.All(coverage[^width..], value => Assert.Equal(0, value));
            Assert.True(seen.TryAdd($"{width}:{Convert.ToBase64String(coverage)}", c), $"'{c}' looks like another glyph at size {size}");
        }
    }

    [Fact]
    public void Stems_are_sharp()
    {
        TextStyle style = TextStyle.Of(10);
        byte[] coverage = new byte[12 * 20];
        style.Draw(coverage, 12, 3, 15, "H");
        byte[] row = coverage[(12 * 8)..(12 * 9)];
        Assert.Equal(255, row[3]);
        Assert.Equal(255, row[9]);
        Assert.All([row[2], row[4], row[8], row[10]], value => Assert.True(value < 64));
    }

    [Fact]
    public void Text_outside_of_the_bitmap_is_cut_off()
    {
        byte[] coverage = new byte[10 * 4];
        TextStyle.Of(10).Draw(coverage, 10, -20, 8, "MMMMMMMM");
        Assert.Contains(coverage, value => value > 0);
    }

    [Fact]
    public void Long_names_first_shrink_and_then_lose_their_middle()
    {
        const string Name = "features.denseblock4.denselayer24.conv2";
        (TextStyle style, string text) = TextFit.Fit(Name, 1000, 14, 8);
        Assert.Equal((14, Name), (style.CapitalHeight, text));
        int width = TextStyle.Of(9).Measure(Name);
        (style, text) = TextFit.Fit(Name, width, 14, 8);
        Assert.Equal((9, Name), (style.CapitalHeight, text));
        (style, text) = TextFit.Fit(Name, 120, 14, 8);
        Assert.Equal(8, style.CapitalHeight);
        Assert.StartsWith("feat", text, StringComparison.Ordinal);
        Assert.EndsWith("onv2", text, StringComparison.Ordinal);
        Assert.Contains('\u2026', text);
        Assert.True(style.Measure(text) <= 120);
        Assert.Equal("", TextFit.Fit(Name, 1, 14, 8).Text);
    }
}

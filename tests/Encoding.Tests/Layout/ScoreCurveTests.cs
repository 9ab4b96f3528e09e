using CAManim.Native.Encoding.Layout;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Tests.Layout;

/// <summary>The curve of scores under the panels.</summary>
public sealed class ScoreCurveTests
{
    private static readonly RgbImage Picture = TestVideo.Image(32, 32);

    [Fact]
    public void Frames_without_scores_have_no_curve()
    {
        LayerMap[] layers = Layers(null, null);
        Assert.Equal(new FrameGeometry(32, 32, new VideoOptions()).Height, CamVideo.Compose(Picture, layers, new VideoOptions(), 0).Height);
        Assert.False(ScoreCurve.IsNeeded(Layers(0.5f)));
        Assert.False(ScoreCurve.IsNeeded(Layers(null, float.NaN)));
        Assert.True(ScoreCurve.IsNeeded(Layers(null, 0.1f)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(32, 32)]
    [InlineData(500, 31)]
    public void The_curve_lies_in_the_frame_at_even_places(int width, int height)
    {
        FrameGeometry g = new(width, height, new VideoOptions(), hasCurve: true);
        Assert.All([g.CurveX, g.CurveY, g.CurveWidth, g.CurveHeight, g.TargetY, g.ProgressY, g.Height], v => Assert.Equal(0, v % 2));
        Assert.True(g.CurveTitleY >= g.PanelY + g.PanelHeight && g.CurveY + g.CurveHeight <= g.TargetY);
        Assert.True(g.CurveX + g.CurveWidth < g.Width - g.Margin);
    }

    [Fact]
    public void The_marker_moves_from_left_to_right_and_up_with_the_score()
    {
        LayerMap[] layers = Layers(0, 0.1f, 0.2f, 0.3f);
        (double X, double Y)[] marks = [.. Enumerable.Range(0, 4).Select(f => Accent(layers, f))];
        Assert.All(marks.Zip(marks.Skip(1)), p => Assert.True(p.First.X + 20 < p.Second.X && p.First.Y > p.Second.Y, $"{p}"));
    }

    [Fact]
    public void Without_a_score_there_is_the_line_only()
    {
        LayerMap[] layers = Layers(0.1f, null, 0.2f);
        FrameGeometry g = Geometry();
        Assert.Equal(g.CurveY + (g.CurveHeight / 2.0) - 0.5, Accent(layers, 1).Y, 0.01);
    }

    [Fact]
    public void A_marker_leaves_no_trace()
    {
        LayerMap[] layers = Layers(0.1f, -0.2f, null, 0.2f);
        FrameLayout layout = new(Picture, layers, new VideoOptions());
        byte[] pixels = new byte[layout.Width * layout.Height * 3];
        FramePlanes planes = new(FrameFormat.Rgb24, layout.Width, layout.Height, pixels, layout.Width * 3);
        layout.DrawStillParts(planes);
        for (int frame = 3; frame >= 0; frame--)
        {
            layout.Draw(planes, frame);
            Assert.Equal(CamVideo.Compose(Picture, layers, new VideoOptions(), frame).Pixels, pixels);
        }
    }

    [Fact]
    public void Gaps_stay_gaps()
    {
        FrameGeometry g = Geometry();
        RgbImage gap = CamVideo.Compose(Picture, Layers(0.2f, null, null, 0.2f), new VideoOptions(), 0);
        RgbImage line = CamVideo.Compose(Picture, Layers(0.2f, 0.2f, 0.2f, 0.2f), new VideoOptions(), 0);
        Assert.True(Brightest(gap) < 100, $"{Brightest(gap)}");
        Assert.True(Brightest(line) > 180, $"{Brightest(line)}");

        int Brightest(RgbImage image) => Enumerable.Range(0, g.CurveHeight).Max(y => (int)image.Pixels[3 * (((g.CurveY + y) * image.Width) + g.CurveX + (g.CurveWidth / 2))]);
    }

    [Fact]
    public void A_thousand_layers_and_scores_that_are_all_zero_are_drawn()
    {
        LayerMap layer = TestVideo.Layer("a", 1, 0);
        foreach (float score in new[] { 0f, -0.5f, 0.5f })
        {
            LayerMap[] layers = [.. Enumerable.Repeat(layer with { Road = score }, 1100)];
            Assert.NotEqual(CamVideo.Compose(Picture, layers, new VideoOptions(), 0).Pixels, CamVideo.Compose(Picture, layers, new VideoOptions(), 550).Pixels);
        }
    }

    private static LayerMap[] Layers(params float?[] scores) => [.. scores.Select((s, i) => TestVideo.Layer($"layer{i}", 4, i) with { Road = s })];

    private static FrameGeometry Geometry() => new(32, 32, new VideoOptions(), hasCurve: true);

    // Middle of the pixels in the marker's colour.
    private static (double X, double Y) Accent(LayerMap[] layers, int frame)
    {
        FrameGeometry g = Geometry();
        RgbImage image = CamVideo.Compose(Picture, layers, new VideoOptions(), frame);
        List<(int X, int Y)> found = [];
        for (int y = g.CurveY; y < g.CurveY + g.CurveHeight; y++)
        {
            for (int x = g.CurveX; x < g.CurveX + g.CurveWidth; x++)
            {
                int at = 3 * ((y * image.Width) + x);
                if (image.Pixels[at] - image.Pixels[at + 2] > 60)
                {
                    found.Add((x, y));
                }
            }
        }

        return (found.Average(p => p.X), found.Average(p => p.Y));
    }
}

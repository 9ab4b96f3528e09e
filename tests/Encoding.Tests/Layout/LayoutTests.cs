using CAManim.Native.Encoding.Layout;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Encoding.Tests.Layout;

public sealed class LayoutTests
{
    public static TheoryData<int, int, NormalisationView, bool> Sizes => new MatrixTheoryData<int, int, NormalisationView, bool>(
        [1, 31, 224, 500], [1, 32, 223], [NormalisationView.Both, NormalisationView.Local, NormalisationView.Global], [false, true]);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Everything_lies_in_the_frame_at_even_places(int width, int height, NormalisationView view, bool showImage)
    {
        FrameGeometry g = new(width, height, new VideoOptions { View = view, ShowImage = showImage });
        Assert.All([g.Width, g.Height, g.PanelY, g.TitleY, g.LayerY, g.ClassY, g.PanelTitleY, g.ProgressY, g.LineHeight, g.LargeLineHeight, g.Margin, g.Content, .. g.PanelX], value => Assert.Equal(0, value % 2));
        Assert.Equal((view == NormalisationView.Both ? 2 : 1) + (showImage ? 1 : 0), g.Grid.Tiles.Count);
        Assert.True(g.BarX + g.BarWidth + g.BarLabels <= g.Width);
        Assert.True(g.PanelX.Zip(g.PanelX.Skip(1)).All(p => p.First + g.PanelWidth < p.Second));
        Assert.True(g.Width >= 400);
    }

    [Theory]
    [InlineData(32, 256)]
    [InlineData(64, 256)]
    [InlineData(128, 256)]
    [InlineData(224, 224)]
    [InlineData(448, 448)]
    [InlineData(1024, 448)]
    public void Small_images_are_enlarged_by_whole_numbers_and_large_ones_shrink(int size, int panel) =>
        Assert.Equal(panel, new FrameGeometry(size, size, new VideoOptions()).PanelWidth);

    [Fact]
    public void Frames_too_large_for_encoders_are_refused() =>
        Assert.Contains("16384", Assert.Throws<ArgumentException>(() => new FrameGeometry(9000, 10, new VideoOptions { Scale = 1 })).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(NarrowPanels))]
    public void Panels_narrower_than_their_titles_are_drawn(int width, int scale, NormalisationView view)
    {
        RgbImage image = new(width, 5, new byte[width * 5 * 3]);
        VideoOptions options = new() { Scale = scale, View = view, ShowImage = true };
        RgbImage frame = CamVideo.Compose(image, [TestVideo.Layer("narrow", 4, 0)], options, 0);
        Assert.Equal(new FrameGeometry(width, 5, options).Width, frame.Width);
    }

    public static TheoryData<int, int, NormalisationView> NarrowPanels => new MatrixTheoryData<int, int, NormalisationView>(
        [1, 2, 31, 40, 47], [1, 2], [NormalisationView.Both, NormalisationView.Local, NormalisationView.Global]);

    [Fact]
    public void Local_uses_the_layers_range_and_global_the_range_of_all()
    {
        RgbImage image = new(32, 32, new byte[32 * 32 * 3]);
        float[] ramp = [.. Enumerable.Range(0, 16).Select(i => i / 15f)];
        LayerMap weak = TestVideo.Layer("weak", 4, 0) with { Map = ramp, Minimum = 0, Maximum = 1 };
        LayerMap strong = weak with { Name = "strong", Map = ramp.Select(v => v * 10).ToArray(), Maximum = 10 };
        VideoOptions options = new() { Alpha = 1 };
        FrameGeometry g = new(32, 32, options);
        RgbImage frame = CamVideo.Compose(image, [weak, strong], options, 0);
        uint[] table = ColorMaps.Get("jet");
        Assert.Equal(table[255], Pixel(frame, g.PanelX[0] + g.PanelWidth - 1, g.PanelY + g.PanelHeight - 1));
        Assert.Equal(table[25], Pixel(frame, g.PanelX[1] + g.PanelWidth - 1, g.PanelY + g.PanelHeight - 1));
        frame = CamVideo.Compose(image, [weak, strong], options with { GlobalMaximum = 2 }, 0);
        Assert.Equal(table[127], Pixel(frame, g.PanelX[1] + g.PanelWidth - 1, g.PanelY + g.PanelHeight - 1));
    }

    [Fact]
    public void Constant_and_broken_maps_draw_as_zeros()
    {
        RgbImage image = new(32, 32, new byte[32 * 32 * 3]);
        float[] map = new float[16];
        Array.Fill(map, 3);
        LayerMap constant = TestVideo.Layer("constant", 4, 0) with { Map = map, Minimum = 3, Maximum = 3 };
        float[] nothing = new float[16];
        Array.Fill(nothing, float.NaN);
        LayerMap broken = constant with { Map = nothing, Minimum = float.NaN, Maximum = float.NaN, HasNonFinite = true };
        VideoOptions options = new() { Alpha = 1 };
        FrameGeometry g = new(32, 32, options);
        for (int frame = 0; frame < 2; frame++)
        {
            RgbImage drawn = CamVideo.Compose(image, [constant, broken], options, frame);
            Assert.Equal(PackedColor.Pack(0, 0, 128), Pixel(drawn, g.PanelX[0] + 5, g.PanelY + 5));
            Assert.Equal(PackedColor.Pack(0, 0, 128), Pixel(drawn, g.PanelX[1] + 5, g.PanelY + 5));
        }
    }

    [Fact]
    public void Captions_change_from_layer_to_layer_and_leave_no_trace()
    {
        RgbImage image = TestVideo.Image(32, 32);
        LayerMap first = TestVideo.Layer(new string('W', 200), 4, 0);
        LayerMap second = TestVideo.Layer("i", 4, 1) with { ModuleClass = "I", Road = null };
        VideoOptions options = new();
        FrameLayout layout = new(image, [first, second], options);
        byte[] pixels = new byte[layout.Width * layout.Height * 3];
        FramePlanes planes = new(FrameFormat.Rgb24, layout.Width, layout.Height, pixels, layout.Width * 3);
        layout.DrawStillParts(planes);
        layout.Draw(planes, 0);
        layout.Draw(planes, 1);
        Assert.Equal(CamVideo.Compose(image, [first, second], options, 1).Pixels, pixels);
        Assert.NotEqual(CamVideo.Compose(image, [first, second], options, 0).Pixels, pixels);
    }

    [Fact]
    public void Road_target_and_title_are_drawn_where_given()
    {
        RgbImage image = TestVideo.Image(32, 32);
        LayerMap layer = TestVideo.Layer("a", 4, 0) with { Road = null };
        byte[] plain = CamVideo.Compose(image, [layer], new VideoOptions(), 0).Pixels;
        Assert.NotEqual(plain, CamVideo.Compose(image, [layer with { Road = 0.5f }], new VideoOptions(), 0).Pixels);
        Assert.NotEqual(plain, CamVideo.Compose(image, [layer], new VideoOptions { Target = "dog" }, 0).Pixels);
        Assert.NotEqual(plain, CamVideo.Compose(image, [layer], new VideoOptions { Probability = 0.5f }, 0).Pixels);
        Assert.NotEqual(plain, CamVideo.Compose(image, [layer], new VideoOptions { Title = "m" }, 0).Pixels);
    }

    [Theory]
    [InlineData(0f, 0f, "constant")]
    [InlineData(float.NaN, 1f, "constant")]
    [InlineData(0f, 1f, "0 \u2013 1")]
    [InlineData(0.0062f, 0.05512f, "0.0062 \u2013 0.0551")]
    [InlineData(0f, 3.21e-7f, "0 \u2013 3.2e-7")]
    [InlineData(1.5f, 123456f, "1.5 \u2013 1.2e5")]
    [InlineData(0f, 12.6f, "0 \u2013 13")]
    public void Ranges_are_short(float minimum, float maximum, string expected) => Assert.Equal(expected, StillParts.Range(minimum, maximum));

    private static uint Pixel(RgbImage image, int x, int y)
    {
        int at = 3 * ((y * image.Width) + x);
        return PackedColor.Pack(image.Pixels[at], image.Pixels[at + 1], image.Pixels[at + 2]);
    }
}

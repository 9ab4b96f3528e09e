using CAManim.Native.Kernels;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Report.Tests.Support;

namespace CAManim.Native.Report.Tests.Browser;

/// <summary>
/// What the browser draws against what the frame kernel draws, at the size of the canvas. Eight bits move a value by half a step of 255,
/// so the index into the colour map by one at most; the resized picture is rounded once more, which moves a channel by one.
/// </summary>
[Collection(ChromiumCollection.Name)]
public sealed class ColourTests(Chromium chromium)
{
    private const int IndexTolerance = 1;
    private const int ChannelTolerance = 1;

    [Theory]
    [InlineData("canvas")]
    [InlineData("webgl")]
    public async Task Pixels_are_those_of_the_frame_kernel_in_every_colour_map(string painter)
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium, $"#draw={painter}");
        Assert.Equal(painter, await open.Page.Locator("html").GetAttributeAsync("data-painter"));
        await open.Page.Locator("#alpha").FillAsync("70");
        await open.Page.Locator("#scrub").PressAsync("Home");
        for (int frame = 0; frame < ColorMaps.Names.Count; frame++)
        {
            await open.Page.Locator($"#colour-maps input[value={ColorMaps.Names[frame]}]").CheckAsync();
            await open.SettleAsync();
            await Check(open, ColorMaps.Names[frame], frame);
            await open.Page.Locator("#scrub").PressAsync("ArrowRight");
        }
    }

    [Theory]
    [InlineData("canvas")]
    [InlineData("webgl")]
    public async Task The_wipe_shows_local_before_it_and_global_after_it(string painter)
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium, $"#draw={painter}");
        await open.Page.Locator("input[value=wipe]").CheckAsync();
        await open.Page.Locator("#wipe").FillAsync("25");
        await open.SettleAsync();
        (int width, int height, byte[] pixels) = await open.CanvasAsync(0);
        int cut = (int)Math.Round(0.25 * width);
        AssertNear(Expect("jet", 0.5f, 4, 0, width, height, isGlobal: false), pixels, width, x => x < cut);
        AssertNear(Expect("jet", 0.5f, 4, 0, width, height, isGlobal: true), pixels, width, x => x >= cut);
    }

    [Theory]
    [InlineData("canvas")]
    [InlineData("webgl")]
    public async Task The_overlay_lies_between_local_and_global(string painter)
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium, $"#draw={painter}");
        await open.Page.Locator("input[value=overlay]").CheckAsync();
        foreach ((string share, bool isGlobal) in ((string, bool)[])[("0", false), ("100", true)])
        {
            await open.Page.Locator("#blend").FillAsync(share);
            await open.SettleAsync();
            (int width, int height, byte[] pixels) = await open.CanvasAsync(0);
            AssertNear(Expect("jet", 0.5f, 4, 0, width, height, isGlobal), pixels, width, _ => true);
        }

        await open.Page.Locator("#blend").FillAsync("50");
        await open.SettleAsync();
        (int w, int h, byte[] half) = await open.CanvasAsync(0);
        uint[][] local = Expect("jet", 0.5f, 4, 0, w, h, isGlobal: false);
        uint[][] global = Expect("jet", 0.5f, 4, 0, w, h, isGlobal: true);
        int worst = 0;
        for (int i = 0; i < w * h; i++)
        {
            for (int c = 0; c < 3; c++)
            {
                int low = local.Concat(global).Min(p => Channel(p[i], c));
                int high = local.Concat(global).Max(p => Channel(p[i], c));
                worst = Math.Max(worst, Math.Max(low - half[(4 * i) + c], half[(4 * i) + c] - high));
            }
        }

        Assert.True(worst <= ChannelTolerance, $"a channel lies {worst} outside of what it is mixed of");
    }

    [Fact]
    public async Task The_wipe_follows_the_mouse()
    {
        await using OpenPage open = await OpenPage.SmallAsync(chromium);
        await open.Page.Locator("input[value=wipe]").CheckAsync();
        var box = (await open.Page.Locator(".frame").First.BoundingBoxAsync())!;
        await open.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await open.Page.Mouse.DownAsync();
        await open.Page.Mouse.MoveAsync(box.X + (0.8f * box.Width), box.Y + (box.Height / 2));
        await open.Page.Mouse.UpAsync();
        await open.SettleAsync();
        Assert.Equal("80", await open.Page.Locator("#wipe").InputValueAsync());
    }

    // Canvases: local and global of each column in turn.
    private static async Task Check(OpenPage open, string map, int frame)
    {
        for (int canvas = 0; canvas < 4; canvas++)
        {
            (int width, int height, byte[] pixels) = await open.CanvasAsync(canvas);
            Assert.InRange(width, 100, 1000);
            AssertNear(Expect(map, 0.7f, frame, canvas / 2, width, height, canvas % 2 == 1), pixels, width, _ => true);
        }
    }

    // The kernel's picture with its own colours, and with those one step below and above.
    private static uint[][] Expect(string map, float alpha, int frame, int column, int width, int height, bool isGlobal)
    {
        ReportContent content = SmallReport.Content();
        LayerMap layer = content.Columns[column].Maps[frame];
        (float minimum, float maximum) = isGlobal ? (content.Columns[column].GlobalMinimum, content.Columns[column].GlobalMaximum) : (layer.Minimum, layer.Maximum);
        uint[] table = ColorMaps.Get(map);
        uint[] picture = Resize(content.Picture, width, height);
        return [.. Enumerable.Range(-IndexTolerance, (2 * IndexTolerance) + 1).Select(step =>
        {
            uint[] shifted = [.. Enumerable.Range(0, 256).Select(i => table[Math.Clamp(i + step, 0, 255)])];
            byte[] drawn = new byte[width * height * 3];
            FrameKernel.Compose(
                new FramePlanes(FrameFormat.Rgb24, width, height, drawn, width * 3),
                new FrameMap(layer.Map.Span, layer.Height, layer.Width),
                new FramePanel(width, height, picture, shifted, alpha),
                [new FramePlace(0, 0, minimum, maximum)],
                [],
                new FrameScratch(),
                KernelVariant.Scalar);
            uint[] packed = new uint[width * height];
            PackedColor.Pack(drawn, packed);
            return packed;
        })];
    }

    private static void AssertNear(uint[][] expected, byte[] pixels, int width, Func<int, bool> isCompared)
    {
        int wrong = 0;
        for (int i = 0; i < pixels.Length / 4; i++)
        {
            bool isNear = expected.Any(e => Enumerable.Range(0, 3).All(c => Math.Abs(Channel(e[i], c) - pixels[(4 * i) + c]) <= ChannelTolerance));
            wrong += isCompared(i % width) && !isNear ? 1 : 0;
        }

        Assert.True(wrong == 0, $"{wrong} of {pixels.Length / 4} pixels differ from the frame kernel's by more than a step of the colour map");
    }

    private static int Channel(uint color, int channel) => (int)(color >> (8 * channel)) & 255;

    private static uint[] Resize(RgbImage image, int width, int height)
    {
        uint[] result = new uint[width * height];
        for (int i = 0; i < result.Length; i++)
        {
            (int left, int right, double across) = Tap(i % width, width, image.Width);
            (int top, int bottom, double down) = Tap(i / width, height, image.Height);
            byte[] mixed = new byte[3];
            for (int c = 0; c < 3; c++)
            {
                double upper = (At(top, left) * (1 - across)) + (At(top, right) * across);
                double lower = (At(bottom, left) * (1 - across)) + (At(bottom, right) * across);
                mixed[c] = (byte)Math.Round((upper * (1 - down)) + (lower * down));
                double At(int row, int column) => image.Pixels[(((row * image.Width) + column) * 3) + c];
            }

            result[i] = PackedColor.Pack(mixed[0], mixed[1], mixed[2]);
        }

        return result;
    }

    private static (int First, int Second, double Share) Tap(int position, int output, int input)
    {
        double at = Math.Clamp(((position + 0.5) * input / output) - 0.5, 0, input - 1);
        return ((int)at, Math.Min((int)at + 1, input - 1), at - (int)at);
    }
}

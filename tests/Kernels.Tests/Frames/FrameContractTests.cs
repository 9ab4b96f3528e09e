using System.Text.Json;
using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Kernels.Tests.Frames;

public sealed class FrameContractTests
{
    [Fact]
    public void Colour_maps_are_those_of_OpenCV()
    {
        using JsonDocument reference = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.Require("reference/colormaps.json")));
        Assert.Equal(9, ColorMaps.Names.Count);
        foreach (JsonProperty map in reference.RootElement.EnumerateObject())
        {
            uint[] expected = [.. map.Value.EnumerateArray().Select(c => PackedColor.Pack(c[0].GetByte(), c[1].GetByte(), c[2].GetByte()))];
            Assert.Equal(expected, ColorMaps.Get(map.Name.ToUpperInvariant()));
        }
    }

    [Fact]
    public void Colour_maps_begin_and_end_as_published()
    {
        Assert.Equal(PackedColor.Pack(0, 0, 128), ColorMaps.Get("jet")[0]);
        Assert.Equal(PackedColor.Pack(128, 0, 0), ColorMaps.Get("jet")[255]);
        Assert.Equal(PackedColor.Pack(68, 1, 84), ColorMaps.Get("viridis")[0]);
        Assert.Equal(PackedColor.Pack(253, 231, 37), ColorMaps.Get("viridis")[255]);
    }

    [Fact]
    public void An_unknown_colour_map_names_the_known()
    {
        Assert.Contains("viridis", Assert.Throws<ArgumentException>(() => ColorMaps.Get("rainbow")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-2, 0)]
    [InlineData(0, 100)]
    [InlineData(1, 0)]
    [InlineData(0, 3)]
    public void A_place_outside_of_the_frame_or_at_odd_positions_is_refused(int x, int y)
    {
        FrameScene scene = new(1, 2, 2, 8, 8);
        scene.Places[0] = scene.Places[0] with { X = x, Y = y };
        Assert.Throws<ArgumentException>(() => scene.Draw(KernelVariant.Auto, FrameFormat.Yuv420));
    }

    [Fact]
    public void Planes_that_are_too_small_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new FramePlanes(FrameFormat.Rgb24, 4, 4, new byte[47], 12).Width);
        Assert.Throws<ArgumentException>(() => new FramePlanes(FrameFormat.Yuv420, 5, 4, new byte[20], 5, new byte[5], new byte[6], 3).Width);
        Assert.Equal(4, new FramePlanes(FrameFormat.Rgb24, 4, 4, new byte[48], 12).Width);
    }

    [Fact]
    public void Nv12_holds_the_samples_of_420_in_pairs()
    {
        FrameScene scene = new(7, 5, 7, 13, 9);
        byte[][] planar = scene.Draw(KernelVariant.Auto, FrameFormat.Yuv420);
        byte[][] paired = scene.Draw(KernelVariant.Auto, FrameFormat.Nv12);
        Assert.Equal(planar[0], paired[0]);
        (int width, int height) = FramePlanes.ChromaSize(FrameFormat.Yuv420, scene.FrameWidth, scene.FrameHeight);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int from = (y * (width + 3)) + x;
                int to = (y * ((2 * width) + 3)) + (2 * x);
                Assert.Equal((planar[1][from], planar[2][from]), (paired[1][to], paired[1][to + 1]));
            }
        }

        Assert.Throws<ArgumentException>(() => new FramePlanes(FrameFormat.Nv12, 5, 4, new byte[20], 5, new byte[11], default, 6).Width);
        Assert.Equal(4, new FramePlanes(FrameFormat.Nv12, 5, 4, new byte[20], 5, new byte[12], default, 6).Height);
    }

    [Fact]
    public void Nothing_outside_of_places_and_captions_is_touched()
    {
        FrameScene scene = new(2, 3, 3, 20, 10);
        byte[] drawn = scene.Draw(KernelVariant.Auto, FrameFormat.Rgb24)[0];
        int stride = (scene.FrameWidth * 3) + 5;
        for (int y = 0; y < scene.FrameHeight; y++)
        {
            for (int x = 0; x < scene.FrameWidth; x++)
            {
                bool inside = scene.Places.Any(p => x >= p.X && x < p.X + 20 && y >= p.Y && y < p.Y + 10)
                    || scene.Captions.Any(c => x >= c.X && x < c.X + c.Width && y >= c.Y && y < c.Y + c.Height);
                if (!inside)
                {
                    Assert.Equal(0xA5, drawn[(y * stride) + (3 * x)]);
                }
            }
        }
    }

    [Fact]
    public void Captions_reach_both_colours_exactly()
    {
        FrameScene scene = new(2, 3, 3, 20, 10);
        scene.Captions[0] = new FrameCaption(2, 0, 2, 1, new byte[] { 0, 255 }, PackedColor.Pack(250, 128, 3), PackedColor.Pack(9, 8, 7));
        byte[] drawn = scene.Draw(KernelVariant.Auto, FrameFormat.Rgb24)[0];
        Assert.Equal<byte>([9, 8, 7, 250, 128, 3], drawn[6..12]);
    }
}

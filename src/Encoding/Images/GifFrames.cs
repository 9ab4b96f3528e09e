using CAManim.Native.Encoding.Layout;
using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Encoding.Images;

/// <summary>Draws frames as indices into one palette; the picture part is dithered by a fixed pattern, which does not crawl from frame to frame.</summary>
internal sealed class GifFrames
{
    private const int SampledFrames = 12;
    private const int SamplesPerFrame = 4000;

    // Half of the usual distance between two neighbouring colours of such a palette.
    private const int DitherReach = 6;

    private static readonly byte[] Bayer = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];

    private readonly FrameLayout _layout;
    private readonly GifPalette _palette;
    private readonly byte[] _pixels;
    private readonly bool[] _isPicture;

    public GifFrames(FrameLayout layout, int frames)
    {
        _layout = layout;
        _pixels = new byte[layout.Width * layout.Height * 4];
        _isPicture = new bool[layout.Width * layout.Height];
        foreach ((int x, int y, int width, int height) in layout.PictureAreas)
        {
            for (int row = y; row < y + height; row++)
            {
                _isPicture.AsSpan((row * layout.Width) + x, width).Fill(true);
            }
        }

        layout.DrawStillParts(Planes);
        _palette = new GifPalette([.. Exact(layout)], Sample(frames));
    }

    private FramePlanes Planes => new(FrameFormat.Bgr0, _layout.Width, _layout.Height, _pixels, _layout.Width * 4);

    public void Draw(int frame, Span<byte> indices, int stride, Span<uint> palette)
    {
        palette.Fill(0xFF000000);
        for (int i = 0; i < _palette.Entries.Length; i++)
        {
            uint color = _palette.Entries[i];
            palette[i] = 0xFF000000 | ((color & 255) << 16) | (color & 0xFF00) | (color >> 16);
        }

        _layout.Draw(Planes, frame);
        for (int y = 0; y < _layout.Height; y++)
        {
            Span<byte> row = indices.Slice(y * stride, _layout.Width);
            for (int x = 0; x < row.Length; x++)
            {
                int dither = _isPicture[(y * _layout.Width) + x] ? ((Bayer[((y & 3) * 4) + (x & 3)] - 8) * DitherReach) / 8 : 0;
                row[x] = _palette.Find(Pixel((y * _layout.Width) + x, dither));
            }
        }
    }

    private uint Pixel(int at, int dither)
    {
        ReadOnlySpan<byte> bgr = _pixels.AsSpan(4 * at, 3);
        return PackedColor.Pack(Shift(bgr[2]), Shift(bgr[1]), Shift(bgr[0]));

        byte Shift(byte value) => (byte)Math.Clamp(value + dither, 0, 255);
    }

    private static IEnumerable<uint> Exact(FrameLayout layout) =>
        GifPalette.Ramp(Theme.Background, Theme.Primary)
            .Concat(GifPalette.Ramp(Theme.Background, Theme.Secondary))
            .Concat([Theme.Accent, Theme.Groove, Theme.Plot])
            .Concat(layout.BarColors.Where((_, i) => i % 8 == 4));

    private uint[] Sample(int frames)
    {
        List<uint> samples = [];
        int[] pictures = [.. Enumerable.Range(0, _isPicture.Length).Where(at => _isPicture[at])];
        int step = Math.Max(1, pictures.Length / SamplesPerFrame);
        for (int i = 0; i < Math.Min(frames, SampledFrames); i++)
        {
            _layout.Draw(Planes, (int)((long)i * frames / Math.Min(frames, SampledFrames)));
            for (int at = i % step; at < pictures.Length; at += step)
            {
                samples.Add(Pixel(pictures[at], 0));
            }
        }

        return [.. samples];
    }
}

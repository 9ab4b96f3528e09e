using CAManim.Native.Encoding.Text;
using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Encoding.Layout;

/// <summary>The parts of the frame that are the same in every frame of a video, as packed pixels.</summary>
internal sealed class StillCanvas
{
    public StillCanvas(int width, int height)
        : this(width, height, Theme.Background)
    {
    }

    public StillCanvas(int width, int height, uint background)
    {
        (Width, Height) = (width, height);
        Pixels = new uint[width * height];
        Array.Fill(Pixels, background);
    }

    public int Width { get; }

    public int Height { get; }

    public uint[] Pixels { get; }

    public void DrawText(int x, int y, int width, int height, TextStyle style, string text, uint color, bool right = false)
    {
        byte[] coverage = new byte[width * height];
        int start = right ? width - style.Measure(text) + (style.CapitalHeight / 5) : 1;
        style.Draw(coverage, width, start, (height + style.CapitalHeight) / 2, text);
        for (int i = 0; i < coverage.Length; i++)
        {
            ref uint pixel = ref Pixels[((y + (i / width)) * Width) + x + (i % width)];
            pixel = PackedColor.Blend(color, pixel, FrameCaption.Weight(coverage[i]));
        }
    }

    public void DrawImage(int x, int y, int width, int height, ReadOnlySpan<uint> pixels)
    {
        for (int row = 0; row < height; row++)
        {
            pixels.Slice(row * width, width).CopyTo(Pixels.AsSpan(((y + row) * Width) + x, width));
        }
    }

    public void DrawBox(int x, int y, int width, int height, uint color)
    {
        for (int row = 0; row < height; row++)
        {
            Pixels.AsSpan(((y + row) * Width) + x, width).Fill(color);
        }
    }
}

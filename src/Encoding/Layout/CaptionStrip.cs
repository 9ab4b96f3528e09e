using CAManim.Native.Encoding.Text;
using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Encoding.Layout;

/// <summary>One line of text that changes from frame to frame: its place, its colours, and its coverage bitmap, which is drawn anew once a layer.</summary>
internal sealed class CaptionStrip(int x, int y, int width, int height, uint foreground, uint background)
{
    private readonly byte[] _coverage = new byte[width * height];

    public int Width => width;

    public FrameCaption Caption => new(x, y, width, height, _coverage, foreground, background);

    public void Clear() => Array.Clear(_coverage);

    /// <summary>Writes text that starts at the left end.</summary>
    public void Left(TextStyle style, string text) => style.Draw(_coverage, width, 1, Baseline(style), text);

    /// <summary>Writes text that ends at the right end.</summary>
    public void Right(TextStyle style, string text) => style.Draw(_coverage, width, width - style.Measure(text) + (style.CapitalHeight / 5), Baseline(style), text);

    /// <summary>Covers the first columns wholly.</summary>
    public void Fill(int columns)
    {
        for (int row = 0; row < height; row++)
        {
            _coverage.AsSpan(row * width, columns).Fill(255);
        }
    }

    private int Baseline(TextStyle style) => (height + style.CapitalHeight) / 2;
}

using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Encoding.Images;

/// <summary>Chooses colours for pixels: the box with the widest channel is cut at its median until there are as many boxes as colours (Heckbert 1982).</summary>
internal static class MedianCut
{
    /// <summary>At most <paramref name="count"/> colours, the mean of a box each; the pixels are reordered.</summary>
    public static List<uint> Reduce(uint[] pixels, int count)
    {
        PriorityQueue<(int Start, int Length, int Channel), long> boxes = new();
        List<uint> colors = [];
        if (pixels.Length == 0 || count < 1)
        {
            return colors;
        }

        Add(0, pixels.Length);
        while (boxes.Count < count && boxes.TryPeek(out (int Start, int Length, int Channel) box, out long priority) && priority < 0)
        {
            boxes.Dequeue();
            int shift = 8 * box.Channel;
            pixels.AsSpan(box.Start, box.Length).Sort((a, b) => ((a >> shift) & 255).CompareTo((b >> shift) & 255));
            int half = Boundary(pixels.AsSpan(box.Start, box.Length), shift);
            Add(box.Start, half);
            Add(box.Start + half, box.Length - half);
        }

        while (boxes.TryDequeue(out (int Start, int Length, int Channel) box, out _))
        {
            colors.Add(Mean(pixels.AsSpan(box.Start, box.Length)));
        }

        return colors;

        void Add(int start, int length)
        {
            (int channel, int width) = Widest(pixels.AsSpan(start, length));

            // Wide boxes first, and of those the full ones; the queue serves the smallest number.
            boxes.Enqueue((start, length, channel), -(long)width * width * length);
        }
    }

    // The place nearest to the middle where the channel's value changes: equal values stay in one box.
    private static int Boundary(ReadOnlySpan<uint> sorted, int shift)
    {
        int below = sorted.Length / 2;
        int above = below;
        while (below > 0 && Value(sorted[below - 1]) == Value(sorted[below]))
        {
            below--;
        }

        while (above < sorted.Length && Value(sorted[above]) == Value(sorted[sorted.Length / 2]))
        {
            above++;
        }

        return below > 0 && (above == sorted.Length || (sorted.Length / 2) - below <= above - (sorted.Length / 2)) ? below : above;

        uint Value(uint pixel) => (pixel >> shift) & 255;
    }

    private static (int Channel, int Width) Widest(ReadOnlySpan<uint> pixels)
    {
        Span<int> low = [255, 255, 255];
        Span<int> high = [0, 0, 0];
        foreach (uint pixel in pixels)
        {
            for (int c = 0; c < 3; c++)
            {
                int value = (int)(pixel >> (8 * c)) & 255;
                (low[c], high[c]) = (Math.Min(low[c], value), Math.Max(high[c], value));
            }
        }

        int widest = 0;
        for (int c = 1; c < 3; c++)
        {
            widest = high[c] - low[c] > high[widest] - low[widest] ? c : widest;
        }

        return (widest, high[widest] - low[widest]);
    }

    private static uint Mean(ReadOnlySpan<uint> pixels)
    {
        (long r, long g, long b) = (0, 0, 0);
        foreach (uint pixel in pixels)
        {
            (r, g, b) = (r + (pixel & 255), g + ((pixel >> 8) & 255), b + ((pixel >> 16) & 255));
        }

        long half = pixels.Length / 2;
        return PackedColor.Pack((byte)((r + half) / pixels.Length), (byte)((g + half) / pixels.Length), (byte)((b + half) / pixels.Length));
    }
}

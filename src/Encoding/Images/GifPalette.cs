using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Encoding.Images;

/// <summary>
/// 256 colours for all frames of a GIF: the greys of the captions, the accent, every eighth colour of the colour map (the bar stays true),
/// and for the rest the median cut of pixels sampled from the frames.
/// </summary>
internal sealed class GifPalette
{
    private const int Colors = 256;
    private const int Greys = 16;
    private const int Bits = 6;
    private const short Unknown = -1;

    // Nearest colour of every cell of 4x4x4 colours, found when first asked for.
    private readonly short[] _nearest = new short[1 << (3 * Bits)];
    private readonly uint[] _colors;

    public GifPalette(ReadOnlySpan<uint> exact, ReadOnlySpan<uint> sampled)
    {
        HashSet<uint> colors = [.. exact];
        uint[] samples = sampled.ToArray();
        foreach (uint color in MedianCut.Reduce(samples, Colors - colors.Count))
        {
            colors.Add(color);
        }

        _colors = [.. colors];
        Array.Fill(_nearest, Unknown);
    }

    /// <summary>Packed colours, at most 256.</summary>
    public ReadOnlySpan<uint> Entries => _colors;

    /// <summary>Steps from the first colour to the second, both included: what anti-aliased text needs.</summary>
    public static IEnumerable<uint> Ramp(uint from, uint to) =>
        Enumerable.Range(0, Greys).Select(i => PackedColor.Blend(to, from, (uint)(i * 256 / (Greys - 1))));

    /// <summary>The entry nearest to a colour.</summary>
    public byte Find(uint pixel)
    {
        const int Shift = 8 - Bits;
        int r = (int)(pixel & 255) >> Shift;
        int g = (int)((pixel >> 8) & 255) >> Shift;
        int b = (int)((pixel >> 16) & 255) >> Shift;
        ref short nearest = ref _nearest[(((r << Bits) | g) << Bits) | b];
        if (nearest == Unknown)
        {
            nearest = (short)Search(pixel);
        }

        return (byte)nearest;
    }

    private int Search(uint pixel)
    {
        int best = 0;
        int bestDistance = int.MaxValue;
        for (int i = 0; i < _colors.Length; i++)
        {
            int distance = Distance(_colors[i], pixel);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (i, distance);
            }
        }

        return best;
    }

    // The eye is keenest on green and dullest on blue.
    private static int Distance(uint a, uint b)
    {
        int r = (int)(a & 255) - (int)(b & 255);
        int g = (int)((a >> 8) & 255) - (int)((b >> 8) & 255);
        int bl = (int)((a >> 16) & 255) - (int)((b >> 16) & 255);
        return (3 * r * r) + (6 * g * g) + (bl * bl);
    }
}

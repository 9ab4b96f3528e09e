namespace CAManim.Native.Kernels.Frames;

/// <summary>Row buffers of the frame kernel, kept from frame to frame so that none is allocated in between. Not for two threads at once.</summary>
public sealed class FrameScratch
{
    private int _mapWidth;
    private int _panelWidth;

    /// <summary>Left neighbour of every output column.</summary>
    internal int[] Left { get; private set; } = [];

    /// <summary>Share of the right neighbour.</summary>
    internal float[] Share { get; private set; } = [];

    /// <summary>Two map rows, resized to the panel's width.</summary>
    internal float[][] Rows { get; } = [[], []];

    /// <summary>Which map row each of <see cref="Rows"/> holds.</summary>
    internal int[] RowIndex { get; } = [-1, -1];

    /// <summary>Two rows of packed pixels on their way into the planes.</summary>
    internal uint[][] Pixels { get; } = [[], []];

    /// <summary>Two rows of the map at the panel's size.</summary>
    internal float[][] Values { get; } = [[], []];

    internal void SwapRows()
    {
        (Rows[0], Rows[1]) = (Rows[1], Rows[0]);
        (RowIndex[0], RowIndex[1]) = (RowIndex[1], RowIndex[0]);
    }

    internal void Prepare(int mapWidth, int panelWidth, int widest)
    {
        RowIndex[0] = RowIndex[1] = -1;
        if (Pixels[0].Length < widest)
        {
            Pixels[0] = new uint[widest];
            Pixels[1] = new uint[widest];
        }

        if (mapWidth == _mapWidth && panelWidth == _panelWidth)
        {
            return;
        }

        if (Left.Length < panelWidth)
        {
            (Left, Share) = (new int[panelWidth], new float[panelWidth]);
            (Rows[0], Rows[1]) = (new float[panelWidth], new float[panelWidth]);
            (Values[0], Values[1]) = (new float[panelWidth], new float[panelWidth]);
        }

        (_mapWidth, _panelWidth) = (mapWidth, panelWidth);
        for (int x = 0; x < panelWidth; x++)
        {
            (Left[x], Share[x]) = BilinearTap.Of(x, panelWidth, mapWidth);
        }
    }
}

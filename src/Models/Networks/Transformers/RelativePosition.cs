using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Transformers;

/// <summary>Positions of a window's pixels relative to each other.</summary>
internal static class RelativePosition
{
    /// <summary>For each pair of pixels of a window the row of the bias table: (dy + w-1)(2w-1) + dx + w-1, [w⁴] int64.</summary>
    public static Tensor Index(int window)
    {
        int pixels = window * window;
        long[] index = new long[pixels * pixels];
        for (int a = 0; a < pixels; a++)
        {
            for (int b = 0; b < pixels; b++)
            {
                int dy = (a / window) - (b / window) + window - 1;
                int dx = (a % window) - (b % window) + window - 1;
                index[(a * pixels) + b] = (dy * ((2 * window) - 1)) + dx;
            }
        }

        return tensor(index);
    }

    /// <summary>The bias of each pair of pixels and head: [rows,heads] to [1,heads,w²,w²].</summary>
    public static Tensor Bias(Tensor table, Tensor index, int window)
    {
        int pixels = window * window;
        using Tensor flat = index.view(-1);
        using Tensor rows = table.index_select(0, flat);
        using Tensor pairs = rows.view(pixels, pixels, -1);
        using Tensor heads = pairs.permute(2, 0, 1);
        using Tensor dense = heads.contiguous();
        return dense.unsqueeze(0);
    }

    /// <summary>Differences in both directions on a logarithmic scale, [1,2w-1,2w-1,2]: sign(d) log2(1 + |8 d/(w-1)|) / 3 (Liu 2022, eq. 4).</summary>
    public static Tensor LogarithmicCoordinates(int window)
    {
        int side = (2 * window) - 1;
        float[] values = new float[side * side * 2];
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                values[((y * side) + x) * 2] = Logarithmic(y - window + 1, window);
                values[(((y * side) + x) * 2) + 1] = Logarithmic(x - window + 1, window);
            }
        }

        return tensor(values, [1, side, side, 2]);
    }

    private static float Logarithmic(int difference, int window)
    {
        float scaled = (float)difference / (window - 1) * 8;
        return MathF.Sign(scaled) * MathF.Log2(MathF.Abs(scaled) + 1f) / 3f;
    }
}

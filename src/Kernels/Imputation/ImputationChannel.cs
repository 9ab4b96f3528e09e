using System.Runtime.Intrinsics;
using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Imputation;

/// <summary>Brings mask and channels to the grid and back.</summary>
internal static unsafe class ImputationChannel
{
    /// <summary>Room that magnitudes leave for the differences and sums of the method.</summary>
    public const float Headroom = 1e8f;

    /// <summary>Fills the inverse diagonal.</summary>
    public static void LoadMask(FineGrid grid, ReadOnlySpan<byte> removed)
    {
        GridLayout layout = grid.Layout;
        int runs = 0;
        for (int y = 0; y < layout.Height; y++)
        {
            ReadOnlySpan<byte> mask = removed.Slice(y * layout.Width, layout.Width);
            float* row = grid.Inverse + ((nint)y * layout.Stride);

            // Only the two outermost columns differ within a row.
            float inner = 1f / grid.Diagonal(y, int.Min(1, layout.Width - 1));
            grid.FirstRun[y] = runs;
            for (int x = 0; x < layout.Width; x += LanesTail.Width)
            {
                if (!FillBlock(mask[x..int.Min(x + LanesTail.Width, layout.Width)], inner, row + x))
                {
                    continue;
                }

                if (runs == grid.FirstRun[y] || grid.RunTo[runs - 1] < x)
                {
                    grid.RunFrom[runs++] = x;
                }

                grid.RunTo[runs - 1] = x + LanesTail.Width;
            }

            row[0] = mask[0] == 0 ? 0 : 1f / grid.Diagonal(y, 0);
            row[layout.Width - 1] = mask[^1] == 0 ? 0 : 1f / grid.Diagonal(y, layout.Width - 1);
        }

        grid.FirstRun[layout.Height] = runs;
    }

    /// <summary>Puts a channel into the grid; removed pixels start at their own value, or at 0 where that is not finite.</summary>
    /// <returns>Whether all known pixels are finite.</returns>
    public static bool Load(FineGrid grid, ReadOnlySpan<float> channel, ReadOnlySpan<byte> removed)
    {
        GridLayout layout = grid.Layout;
        for (int y = 0; y < layout.Height; y++)
        {
            float* row = grid.Current + ((nint)y * layout.Stride);
            ReadOnlySpan<float> values = channel.Slice(y * layout.Width, layout.Width);
            values.CopyTo(new Span<float>(row, layout.Width));

            // 0 times a finite value is 0; times NaN or infinity it is NaN.
            // The factor leaves room for the differences and sums of the method.
            Vector256<float> poison = Vector256<float>.Zero;
            int from = 0;
            for (; from + Vector256<float>.Count <= layout.Width; from += Vector256<float>.Count)
            {
                poison += Vector256.Load(row + from) * Headroom * 0f;
            }

            float rest = Vector256.Sum(poison);
            for (; from < layout.Width; from++)
            {
                rest += row[from] * Headroom * 0;
            }

            if (float.IsNaN(rest) && !Repair(row, removed.Slice(y * layout.Width, layout.Width)))
            {
                return false;
            }

            // Known pixels are the same in all three planes from here on, the border too.
            foreach (long plane in (ReadOnlySpan<long>)[grid.Previous - grid.Current, grid.Smoothed - grid.Current])
            {
                new Span<float>(row, layout.Width).CopyTo(new Span<float>(row + plane, layout.Width));
                grid.Replicate(grid.Current + plane, y);
            }

            grid.Replicate(grid.Current, y);
        }

        return true;
    }

    /// <summary>Takes a channel out of the grid.</summary>
    public static void Store(FineGrid grid, Span<float> channel)
    {
        GridLayout layout = grid.Layout;
        for (int y = 0; y < layout.Height; y++)
        {
            new Span<float>(grid.Current + ((nint)y * layout.Stride), layout.Width).CopyTo(channel.Slice(y * layout.Width, layout.Width));
        }
    }

    /// <summary>The result of a channel whose known pixels are not all finite.</summary>
    public static void StoreNaN(ReadOnlySpan<float> channel, ReadOnlySpan<byte> removed, Span<float> result)
    {
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = removed[i] == 0 ? channel[i] : float.NaN;
        }
    }

    // Whether the block of up to sixteen pixels has a removed one.
    private static bool FillBlock(ReadOnlySpan<byte> mask, float inner, float* row)
    {
        if (mask.Length < Vector128<byte>.Count)
        {
            for (int x = 0; x < mask.Length; x++)
            {
                row[x] = mask[x] == 0 ? 0 : inner;
            }

            return mask.ContainsAnyExcept((byte)0);
        }

        // Ones where removed, and as wide as floats: sign extension repeats them.
        Vector128<float> inners = Vector128.Create(inner);
        Vector128<sbyte> isRemoved = ~Vector128.Equals(Vector128.Create(mask), Vector128<byte>.Zero).AsSByte();
        (Vector128<short> low, Vector128<short> high) = Vector128.Widen(isRemoved);
        StoreEight(low, inners, row);
        StoreEight(high, inners, row + 8);
        return isRemoved != Vector128<sbyte>.Zero;
    }

    private static void StoreEight(Vector128<short> isRemoved, Vector128<float> inners, float* row)
    {
        (Vector128<int> low, Vector128<int> high) = Vector128.Widen(isRemoved);
        (inners & low.AsSingle()).Store(row);
        (inners & high.AsSingle()).Store(row + 4);
    }

    private static bool Repair(float* row, ReadOnlySpan<byte> removed)
    {
        for (int x = 0; x < removed.Length; x++)
        {
            if (float.IsFinite(row[x] * Headroom))
            {
                continue;
            }

            if (removed[x] == 0)
            {
                return false;
            }

            row[x] = 0;
        }

        return true;
    }
}

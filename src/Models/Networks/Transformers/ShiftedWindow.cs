using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Transformers;

/// <summary>The windows of one map size: how much is padded and shifted, and which pixels a shift brought into a window from elsewhere.</summary>
internal readonly struct ShiftedWindow
{
    private readonly long _height;
    private readonly long _width;

    public ShiftedWindow(long height, long width, int side, int shift)
    {
        (_height, _width, Side) = (height, width, side);
        (Rows, Columns) = ((height + side - 1) / side, (width + side - 1) / side);

        // A window that covers the whole map needs no shift.
        ShiftY = side >= Rows * side ? 0 : shift;
        ShiftX = side >= Columns * side ? 0 : shift;
    }

    public int Side { get; }

    public long Rows { get; }

    public long Columns { get; }

    public long Count => Rows * Columns;

    public int ShiftY { get; }

    public int ShiftX { get; }

    public bool IsShifted => ShiftY + ShiftX > 0;

    /// <summary>[N,h,w,C] to [N·windows, side², C].</summary>
    public Tensor Split(Tensor map)
    {
        using DisposeScope scope = NewDisposeScope();
        long[] shape = map.shape;
        Tensor x = Rows * Side == _height && Columns * Side == _width
            ? map.alias()
            : nn.functional.pad(map, [0, 0, 0, (Columns * Side) - _width, 0, (Rows * Side) - _height]);
        if (IsShifted)
        {
            x = x.roll([-ShiftY, -ShiftX], [1, 2]);
        }

        return x.view(shape[0], Rows, Side, Columns, Side, shape[3]).permute(0, 1, 3, 2, 4, 5).reshape(shape[0] * Count, Side * Side, shape[3]).MoveToOuterDisposeScope();
    }

    /// <summary>The way back.</summary>
    public Tensor Join(Tensor windows)
    {
        using DisposeScope scope = NewDisposeScope();
        (long n, long channels) = (windows.shape[0] / Count, windows.shape[2]);
        Tensor x = windows.view(n, Rows, Columns, Side, Side, channels).permute(0, 1, 3, 2, 4, 5).reshape(n, Rows * Side, Columns * Side, channels);
        if (IsShifted)
        {
            x = x.roll([ShiftY, ShiftX], [1, 2]);
        }

        return x.slice(1, 0, _height, 1).slice(2, 0, _width, 1).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>-100 between pixels that only the shift brought together, else 0: [windows,1,side²,side²].</summary>
    public Tensor Mask()
    {
        int pixels = Side * Side;
        float[] mask = new float[Count * pixels * pixels];
        Span<int> regions = stackalloc int[pixels];
        for (long window = 0; window < Count; window++)
        {
            for (int p = 0; p < pixels; p++)
            {
                int y = Region((window / Columns * Side) + (p / Side), Rows * Side, ShiftY);
                int x = Region((window % Columns * Side) + (p % Side), Columns * Side, ShiftX);
                regions[p] = (3 * y) + x;
            }

            for (int a = 0; a < pixels; a++)
            {
                for (int b = 0; b < pixels; b++)
                {
                    mask[(((window * pixels) + a) * pixels) + b] = regions[a] == regions[b] ? 0 : -100;
                }
            }
        }

        return tensor(mask, [Count, 1, pixels, pixels]);
    }

    /// <summary>Before the last window, in it, or shifted around the edge. Without a shift torchvision's last slice is the whole side: one region.</summary>
    private int Region(long position, long length, int shift) =>
        shift == 0 || position >= length - shift ? 2 : position >= length - Side ? 1 : 0;
}

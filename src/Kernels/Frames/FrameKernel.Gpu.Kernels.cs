using CAManim.Native.Kernels.Accelerators;
using ILGPU;

namespace CAManim.Native.Kernels.Frames;

/// <summary>
/// The frame on a GPU: a thread draws a square of four pixels (one 4:2:0 chroma sample), striding over the squares of all places and then of all captions;
/// one launch a frame. The map and the tables are small and stay in cache, picture and planes are touched once.
/// </summary>
internal static class FrameKernelGpuKernels
{
    /// <summary>Draws the scene.</summary>
    [GpuKernel]
    public static void Compose(FrameGpuScene scene, FrameGpuPlanes target)
    {
        int across = (scene.Width + 1) / 2;
        int perPlace = across * ((scene.Height + 1) / 2);
        for (int square = (Grid.IdxX * Group.DimX) + Group.IdxX; square < scene.Squares; square += Grid.DimX * Group.DimX)
        {
            int place = square / perPlace;
            if (place < scene.PlaceCount)
            {
                int at = square - (place * perPlace);
                DrawPanel(scene, target, scene.Places[place], at % across * 2, at / across * 2);
            }
            else
            {
                DrawCaption(scene, target, square);
            }
        }
    }

    private static void DrawPanel(in FrameGpuScene scene, in FrameGpuPlanes target, in FrameGpuPlace place, int x, int y)
    {
        int right = x + 1 < scene.Width ? x + 1 : x;
        int below = y + 1 < scene.Height ? y + 1 : y;
        Store(
            target,
            place.X + x,
            place.Y + y,
            right > x,
            below > y,
            Panel(scene, place, x, y),
            Panel(scene, place, right, y),
            Panel(scene, place, x, below),
            Panel(scene, place, right, below));
    }

    private static void DrawCaption(in FrameGpuScene scene, in FrameGpuPlanes target, int square)
    {
        int which = 0;
        while (which + 1 < scene.CaptionCount && square >= scene.Captions[which + 1].FirstSquare)
        {
            which++;
        }

        FrameGpuCaption caption = scene.Captions[which];
        int across = (caption.Width + 1) / 2;
        int at = square - caption.FirstSquare;
        int x = at % across * 2;
        int y = at / across * 2;
        int right = x + 1 < caption.Width ? x + 1 : x;
        int below = y + 1 < caption.Height ? y + 1 : y;
        Store(
            target,
            caption.X + x,
            caption.Y + y,
            right > x,
            below > y,
            Cover(scene, caption, x, y),
            Cover(scene, caption, right, y),
            Cover(scene, caption, x, below),
            Cover(scene, caption, right, below));
    }

    private static uint Panel(in FrameGpuScene scene, in FrameGpuPlace place, int x, int y)
    {
        int left = scene.Left[x];
        int next = left + 1 < scene.MapWidth ? left + 1 : left;
        int top = scene.Top[y];
        int bottom = top + 1 < scene.MapHeight ? top + 1 : top;
        float share = scene.Across[x];
        float upper = ScalarRows.Mix(Value(scene, top, left), Value(scene, top, next), share);
        float lower = ScalarRows.Mix(Value(scene, bottom, left), Value(scene, bottom, next), share);
        float t = (ScalarRows.Mix(upper, lower, scene.Down[y]) - place.Minimum) / place.Range;

        // NaN fails the comparison and becomes 0.
        int index = t > 0 ? (int)((t < 1 ? t : 1) * 255) : 0;
        return PackedColor.Blend(scene.Table[index], scene.Image[(y * scene.Width) + x], scene.Weight);
    }

    // Values that are not finite count as 0.
    private static float Value(in FrameGpuScene scene, int row, int column)
    {
        float value = scene.Map[(row * scene.MapWidth) + column];
        return value >= -float.MaxValue && value <= float.MaxValue ? value : 0;
    }

    private static uint Cover(in FrameGpuScene scene, in FrameGpuCaption caption, int x, int y) =>
        PackedColor.Blend(caption.Foreground, caption.Background, FrameCaption.Weight(scene.Coverage[caption.Coverage + (y * caption.Width) + x]));

    private static void Store(in FrameGpuPlanes target, int x, int y, bool hasRight, bool hasBelow, uint a, uint b, uint c, uint d)
    {
        if (target.Format is FrameFormat.Yuv420 or FrameFormat.Nv12)
        {
            int red = Bt709.Red(a) + Bt709.Red(b) + Bt709.Red(c) + Bt709.Red(d);
            int green = Bt709.Green(a) + Bt709.Green(b) + Bt709.Green(c) + Bt709.Green(d);
            int blue = Bt709.Blue(a) + Bt709.Blue(b) + Bt709.Blue(c) + Bt709.Blue(d);
            int row = y / 2 * target.ChromaStride;
            if (target.Format == FrameFormat.Nv12)
            {
                target.Second[row + x] = Bt709.UOfFour(red, green, blue);
                target.Second[row + x + 1] = Bt709.VOfFour(red, green, blue);
            }
            else
            {
                target.Second[row + (x / 2)] = Bt709.UOfFour(red, green, blue);
                target.Third[row + (x / 2)] = Bt709.VOfFour(red, green, blue);
            }
        }

        StorePixel(target, x, y, a);
        if (hasRight)
        {
            StorePixel(target, x + 1, y, b);
        }

        if (hasBelow)
        {
            StorePixel(target, x, y + 1, c);
            if (hasRight)
            {
                StorePixel(target, x + 1, y + 1, d);
            }
        }
    }

    private static void StorePixel(in FrameGpuPlanes target, int x, int y, uint pixel)
    {
        int row = y * target.FirstStride;
        if (target.Format == FrameFormat.Rgb24)
        {
            target.First[row + (3 * x)] = (byte)pixel;
            target.First[row + (3 * x) + 1] = (byte)(pixel >> 8);
            target.First[row + (3 * x) + 2] = (byte)(pixel >> 16);
        }
        else if (target.Format == FrameFormat.Bgr0)
        {
            target.First[row + (4 * x)] = (byte)(pixel >> 16);
            target.First[row + (4 * x) + 1] = (byte)(pixel >> 8);
            target.First[row + (4 * x) + 2] = (byte)pixel;
            target.First[row + (4 * x) + 3] = 0;
        }
        else
        {
            target.First[row + x] = Bt709.Y(pixel);
            if (target.Format == FrameFormat.Yuv444)
            {
                target.Second[(y * target.ChromaStride) + x] = Bt709.U(pixel);
                target.Third[(y * target.ChromaStride) + x] = Bt709.V(pixel);
            }
        }
    }
}

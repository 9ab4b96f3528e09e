using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Kernels.Tests.Frames;

/// <summary>The frame kernel's definition in float64, written without looking at its code.</summary>
internal static class FrameReference
{
    /// <summary>t of a panel's pixel.</summary>
    public static double Position(FrameScene scene, FramePlace place, int x, int y)
    {
        double column = Math.Clamp(((x + 0.5) * scene.MapWidth / scene.Panel.Width) - 0.5, 0, scene.MapWidth - 1);
        double row = Math.Clamp(((y + 0.5) * scene.MapHeight / scene.Panel.Height) - 0.5, 0, scene.MapHeight - 1);
        (int left, int top) = ((int)column, (int)row);
        (int right, int bottom) = (Math.Min(left + 1, scene.MapWidth - 1), Math.Min(top + 1, scene.MapHeight - 1));
        double value = ((1 - (row - top)) * (((1 - (column - left)) * At(left, top)) + ((column - left) * At(right, top))))
            + ((row - top) * (((1 - (column - left)) * At(left, bottom)) + ((column - left) * At(right, bottom))));
        return Math.Clamp((value - place.Minimum) / ((double)place.Maximum - place.Minimum), 0, 1);

        double At(int c, int r) => scene.Map[(r * scene.MapWidth) + c];
    }

    /// <summary>Whether a pixel is the colour of an index over the picture.</summary>
    public static bool Equal(FramePanel panel, int index, int x, int y, ReadOnlySpan<byte> pixel)
    {
        uint image = panel.Image[(y * panel.Width) + x];
        for (int c = 0; c < 3; c++)
        {
            double over = (panel.Table[index] >> (8 * c)) & 255;
            double under = (image >> (8 * c)) & 255;
            double blended = ((over * panel.Weight) + (under * (256 - panel.Weight))) / 256;
            if (pixel[c] != Math.Floor(blended + 0.5))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>BT.709, limited range.</summary>
    public static (double Y, double U, double V) Yuv(double[] rgb)
    {
        double luma = (0.2126 * rgb[0]) + (0.7152 * rgb[1]) + (0.0722 * rgb[2]);
        return (16 + (219 * luma / 255), 128 + (224 * (rgb[2] - luma) / (1.8556 * 255)), 128 + (224 * (rgb[0] - luma) / (1.5748 * 255)));
    }
}

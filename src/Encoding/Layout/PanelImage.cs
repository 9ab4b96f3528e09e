using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Pictures;

namespace CAManim.Native.Encoding.Layout;

/// <summary>The image at the panel's size, packed. Where it grows: bilinear, half-pixel centres, edges clamped, like the maps above it; where it shrinks, antialiased.</summary>
internal static class PanelImage
{
    public static uint[] Resize(RgbImage image, int width, int height)
    {
        uint[] result = new uint[width * height];
        if (width == image.Width && height == image.Height)
        {
            PackedColor.Pack(image.Pixels, result);
            return result;
        }

        if (width < image.Width || height < image.Height)
        {
            PackedColor.Pack(AntialiasedResize.Apply(image, width, height).Pixels, result);
            return result;
        }

        for (int y = 0; y < height; y++)
        {
            (int top, float down) = Tap(y, height, image.Height);
            for (int x = 0; x < width; x++)
            {
                (int left, float right) = Tap(x, width, image.Width);
                result[(y * width) + x] = PackedColor.Pack(Sample(0), Sample(1), Sample(2));

                byte Sample(int channel)
                {
                    float upper = Mix(At(top, left), At(top, left + 1), right);
                    float lower = Mix(At(top + 1, left), At(top + 1, left + 1), right);
                    return (byte)MathF.Round(Mix(upper, lower, down));

                    float At(int row, int column) => image.Pixels[(((Math.Min(row, image.Height - 1) * image.Width) + Math.Min(column, image.Width - 1)) * 3) + channel];
                }
            }
        }

        return result;
    }

    private static (int First, float Share) Tap(int position, int outputLength, int inputLength)
    {
        double at = Math.Clamp(((position + 0.5) * inputLength / outputLength) - 0.5, 0, inputLength - 1);
        return ((int)at, (float)(at - (int)at));
    }

    private static float Mix(float first, float second, float share) => (first * (1 - share)) + (second * share);
}

using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Maps;
using SkiaSharp;

namespace CAManim.Native.Train;

/// <summary>Writes drawn pictures and masks as PNG.</summary>
internal static class Pictures
{
    /// <summary>Writes an RGB picture.</summary>
    public static void Save(RgbImage image, string path)
    {
        using SKBitmap bitmap = ToBitmap(image);
        Save(bitmap, path);
    }

    /// <summary>Writes a mask as a grey picture.</summary>
    public static void SaveMask(byte[] mask, int width, int height, string path)
    {
        using SKBitmap bitmap = new(width, height, SKColorType.Gray8, SKAlphaType.Opaque);
        Marshal.Copy(mask, 0, bitmap.GetPixels(), mask.Length);
        Save(bitmap, path);
    }

    /// <summary>Writes pictures of one size side by side, in rows.</summary>
    public static void SaveSheet(IReadOnlyList<RgbImage> images, int columns, int zoom, string path)
    {
        const int gap = 2;
        int cellWidth = (images[0].Width * zoom) + gap, cellHeight = (images[0].Height * zoom) + gap;
        int rows = (images.Count + columns - 1) / columns;
        using SKBitmap sheet = new((columns * cellWidth) - gap, (rows * cellHeight) - gap);
        using SKCanvas canvas = new(sheet);
        canvas.Clear(SKColors.White);
        for (int i = 0; i < images.Count; i++)
        {
            using SKBitmap bitmap = ToBitmap(images[i]);
            float x = i % columns * cellWidth, y = i / columns * cellHeight;
            canvas.DrawBitmap(bitmap, new SKRect(x, y, x + (images[i].Width * zoom), y + (images[i].Height * zoom)));
        }

        canvas.Flush();
        Save(sheet, path);
    }

    private static SKBitmap ToBitmap(RgbImage image)
    {
        SKBitmap bitmap = new(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        byte[] pixels = new byte[image.Width * image.Height * 4];
        for (int i = 0; i < image.Width * image.Height; i++)
        {
            image.Pixels.AsSpan(i * 3, 3).CopyTo(pixels.AsSpan(i * 4));
            pixels[(i * 4) + 3] = 255;
        }

        Marshal.Copy(pixels, 0, bitmap.GetPixels(), pixels.Length);

        return bitmap;
    }

    private static void Save(SKBitmap bitmap, string path)
    {
        using FileStream file = File.Create(path);
        if (!bitmap.Encode(file, SKEncodedImageFormat.Png, 100))
        {
            throw new IOException($"'{path}' could not be written as PNG. Check the space left and the rights of its folder.");
        }
    }
}

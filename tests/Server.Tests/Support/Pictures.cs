using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models.Demo;
using SkiaSharp;

namespace CAManim.Native.Server.Tests.Support;

/// <summary>Picture files made here.</summary>
internal static class Pictures
{
    public static RgbImage Scene { get; } = DemoImages.Draw("ring-and-star").Image;

    /// <summary>A JPEG of quality 80.</summary>
    public static void WriteJpeg(RgbImage image, string path)
    {
        using SKBitmap bitmap = SKBitmap.Decode(Bmp(image));
        using FileStream file = File.Create(path);
        bitmap.Encode(file, SKEncodedImageFormat.Jpeg, 80);
    }

    /// <summary>A BMP of 24 bits, which needs no encoder.</summary>
    public static byte[] Bmp(RgbImage image)
    {
        int stride = ((image.Width * 3) + 3) / 4 * 4;
        byte[] file = Header(image.Width, image.Height, 54 + (stride * image.Height));
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                int from = ((y * image.Width) + x) * 3;
                int to = 54 + ((image.Height - 1 - y) * stride) + (x * 3);
                (file[to], file[to + 1], file[to + 2]) = (image.Pixels[from + 2], image.Pixels[from + 1], image.Pixels[from]);
            }
        }

        return file;
    }

    /// <summary>A BMP whose header promises pixels that are not there.</summary>
    public static byte[] Header(int width, int height, int length = 54)
    {
        byte[] file = new byte[length];
        "BM"u8.CopyTo(file);
        BitConverter.TryWriteBytes(file.AsSpan(2), length);
        BitConverter.TryWriteBytes(file.AsSpan(10), 54);
        BitConverter.TryWriteBytes(file.AsSpan(14), 40);
        BitConverter.TryWriteBytes(file.AsSpan(18), width);
        BitConverter.TryWriteBytes(file.AsSpan(22), height);
        BitConverter.TryWriteBytes(file.AsSpan(26), (short)1);
        BitConverter.TryWriteBytes(file.AsSpan(28), (short)24);
        return file;
    }
}

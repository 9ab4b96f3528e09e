using System.Globalization;
using CAManim.Native.Encoding.Layout;
using CAManim.Native.Encoding.Plots;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Kernels.Maps;
using SkiaSharp;

namespace CAManim.Native.Encoding.Images;

/// <summary>Writes pictures as PNG.</summary>
internal static class PngFile
{
    /// <param name="path">The file.</param>
    /// <param name="image">The picture.</param>
    /// <param name="dotsPerInch">What the file says of its resolution, or null for nothing.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, RgbImage image, int? dotsPerInch = null)
    {
        byte[] pixels = new byte[image.Width * image.Height * 4];
        for (int i = 0; i < image.Width * image.Height; i++)
        {
            image.Pixels.AsSpan(3 * i, 3).CopyTo(pixels.AsSpan(4 * i));
        }

        Write(path, image.Width, image.Height, pixels, SKColorType.Rgb888x, dotsPerInch);
    }

    /// <summary>Writes <c>frame-0001.png</c> and so on.</summary>
    public static void WriteFrame(string folder, FrameLayout layout, int frame)
    {
        byte[] pixels = new byte[layout.Width * layout.Height * 4];
        FramePlanes planes = new(FrameFormat.Bgr0, layout.Width, layout.Height, pixels, layout.Width * 4);
        layout.DrawStillParts(planes);
        layout.Draw(planes, frame);
        string name = string.Create(CultureInfo.InvariantCulture, $"frame-{frame + 1:0000}.png");
        Write(Path.Combine(folder, name), layout.Width, layout.Height, pixels, SKColorType.Bgra8888);
    }

    private static void Write(string path, int width, int height, byte[] pixels, SKColorType colors, int? dotsPerInch = null)
    {
        using SKImage picture = SKImage.FromPixelCopy(new SKImageInfo(width, height, colors, SKAlphaType.Opaque), pixels);
        using SKData data = picture.Encode(SKEncodedImageFormat.Png, 100)
            ?? throw new IOException($"A picture of {width}x{height} could not be encoded as PNG.");
        using FileStream file = File.Create(path);
        if (dotsPerInch is { } resolution)
        {
            file.Write(PngResolution.Set(data.ToArray(), resolution));
            return;
        }

        data.SaveTo(file);
    }
}

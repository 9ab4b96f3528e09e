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
        byte[] png = Encode(image);
        File.WriteAllBytes(path, dotsPerInch is { } resolution ? PngResolution.Set(png, resolution) : png);
    }

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="IOException">The picture cannot be encoded.</exception>
    public static byte[] Encode(RgbImage image)
    {
        byte[] pixels = new byte[image.Width * image.Height * 4];
        for (int i = 0; i < image.Width * image.Height; i++)
        {
            image.Pixels.AsSpan(3 * i, 3).CopyTo(pixels.AsSpan(4 * i));
        }

        return Encode(image.Width, image.Height, pixels, SKColorType.Rgb888x);
    }

    /// <summary>The bytes of a file with transparency.</summary>
    /// <param name="width">W.</param>
    /// <param name="height">H.</param>
    /// <param name="pixels">[H,W,4], not multiplied by alpha.</param>
    /// <exception cref="IOException">The picture cannot be encoded.</exception>
    public static byte[] EncodeTransparent(int width, int height, byte[] pixels) => Encode(width, height, pixels, SKColorType.Rgba8888, SKAlphaType.Unpremul);

    /// <summary>Writes <c>frame-0001.png</c> and so on.</summary>
    public static void WriteFrame(string folder, FrameLayout layout, int frame)
    {
        byte[] pixels = new byte[layout.Width * layout.Height * 4];
        FramePlanes planes = new(FrameFormat.Bgr0, layout.Width, layout.Height, pixels, layout.Width * 4);
        layout.DrawStillParts(planes);
        layout.Draw(planes, frame);
        string name = string.Create(CultureInfo.InvariantCulture, $"frame-{frame + 1:0000}.png");
        File.WriteAllBytes(Path.Combine(folder, name), Encode(layout.Width, layout.Height, pixels, SKColorType.Bgra8888));
    }

    private static byte[] Encode(int width, int height, byte[] pixels, SKColorType colors, SKAlphaType alpha = SKAlphaType.Opaque)
    {
        using SKImage picture = SKImage.FromPixelCopy(new SKImageInfo(width, height, colors, alpha), pixels);
        using SKData data = picture.Encode(SKEncodedImageFormat.Png, 100)
            ?? throw new IOException($"A picture of {width}x{height} could not be encoded as PNG.");
        return data.ToArray();
    }
}

using CAManim.Native.Kernels.Maps;
using SkiaSharp;

namespace CAManim.Native.Models.Images;

/// <summary>Reads PNG, JPEG, WebP, BMP and GIF files (the first picture), recognised by content.</summary>
public static class ImageFile
{
    /// <summary>Pixels that are decoded at most unless told otherwise: 100 million, 400 MB while decoding.</summary>
    public const long DefaultPixelLimit = 100_000_000;

    /// <summary>Reads an image; its EXIF orientation is applied, transparent pixels are laid over white, embedded colour profiles are ignored.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pixelLimit">The most pixels (W·H) that are decoded; the header is checked before anything is allocated.</param>
    /// <exception cref="ImageFileException">The file is missing, no image, too large, truncated or damaged.</exception>
    public static RgbImage Load(string path, long pixelLimit = DefaultPixelLimit)
    {
        ArgumentNullException.ThrowIfNull(path);
        using SKData data = Read(path);
        return Decode(data, path, pixelLimit);
    }

    /// <summary>Reads an image that is in memory, as <see cref="Load"/> does.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="pixelLimit">The most pixels (W·H) that are decoded.</param>
    /// <exception cref="ImageFileException">It is no image, too large, truncated or damaged.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> bytes, string name, long pixelLimit = DefaultPixelLimit)
    {
        ArgumentNullException.ThrowIfNull(name);
        using SKData data = SKData.CreateCopy(bytes);
        return Decode(data, name, pixelLimit);
    }

    private static RgbImage Decode(SKData data, string path, long pixelLimit)
    {
        using SKCodec codec = SKCodec.Create(data)
            ?? throw new ImageFileException($"'{path}' ({data.Size} bytes) is no image that can be read, or its header is cut off. Give a PNG, JPEG, WebP, BMP or GIF file.");
        SKImageInfo size = codec.Info;
        if (size.Width < 1 || size.Height < 1 || (long)size.Width * size.Height > pixelLimit)
        {
            throw new ImageFileException($"'{path}' has {size.Width}x{size.Height} pixels; at most {pixelLimit} are decoded. Scale it down first.");
        }

        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul)))
        {
            throw new ImageFileException($"'{path}' has {size.Width}x{size.Height} pixels, for which there is not enough memory. Scale it down first.");
        }

        SKCodecResult result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
        {
            string what = result == SKCodecResult.IncompleteInput ? "ends before its last pixel" : $"cannot be decoded ({result})";
            throw new ImageFileException($"The {codec.EncodedFormat} image '{path}' {what}: it is truncated or damaged. Download or copy it again.");
        }

        return ImageOrientation.Upright(bitmap.GetPixelSpan(), size.Width, size.Height, codec.EncodedOrigin);
    }

    private static SKData Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length == 0)
            {
                throw new ImageFileException($"'{path}' is empty. Give a PNG, JPEG, WebP, BMP or GIF file.");
            }

            return SKData.Create(stream);
        }
        catch (Exception e) when (e is (IOException and not ImageFileException) or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ImageFileException($"The image '{path}' cannot be opened: {e.Message} Check the path and that it is readable.", e);
        }
    }
}

using CAManim.Native.Kernels.Interop;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models.Images.Formats;
using SkiaSharp;

namespace CAManim.Native.Models.Images;

/// <summary>Reads PNG, JPEG, WebP, TIFF, BMP and GIF files (the first picture), recognised by content.</summary>
/// <remarks>
/// Skia decodes what has 8 bits, JPEG by libjpeg-turbo as PIL and OpenCV do, so that pixels are theirs. Of 16 bits it keeps no more than 11, and it reads
/// no TIFF: for these there are readers in C# here, without unsafe code.
/// </remarks>
public static class ImageFile
{
    /// <summary>Pixels that are decoded at most unless told otherwise: 100 million, 700 MB while decoding (16 bits: up to 2 GB).</summary>
    public const long DefaultPixelLimit = 100_000_000;

    private const string Kinds = "a PNG, JPEG, WebP, TIFF, BMP or GIF file";

    // No packing that is read shrinks further: of LZW 4096 codes stand for at most about 2,700 bytes each 12 bits.
    private const long MostUnpacked = 4096;

    /// <summary>Reads an image in 8 bits; its orientation (EXIF, eXIf) is applied, transparent pixels are laid over white, embedded colour profiles are ignored.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pixelLimit">The most pixels (W·H) that are decoded; the header is checked before anything is allocated.</param>
    /// <exception cref="ImageFileException">The file is missing, no image, too large, truncated or damaged.</exception>
    public static RgbImage Load(string path, long pixelLimit = DefaultPixelLimit) => Open(path, PictureRange.Auto, pixelLimit).Image;

    /// <summary>Reads an image that is in memory, as <see cref="Load"/> does.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="pixelLimit">The most pixels (W·H) that are decoded.</param>
    /// <exception cref="ImageFileException">It is no image, too large, truncated or damaged.</exception>
    public static RgbImage Decode(ReadOnlySpan<byte> bytes, string name, long pixelLimit = DefaultPixelLimit) => Read(bytes, name, PictureRange.Auto, pixelLimit).Image;

    /// <summary>Reads an image with all bits that its samples have.</summary>
    /// <param name="path">The file.</param>
    /// <param name="range">Which values become black and white.</param>
    /// <param name="pixelLimit">The most pixels (W·H) that are decoded.</param>
    /// <exception cref="ImageFileException">The file is missing, no image, too large, truncated or damaged.</exception>
    public static Picture Open(string path, PictureRange range = default, long pixelLimit = DefaultPixelLimit)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Read(Bytes(path), path, range, pixelLimit);
    }

    /// <summary>Reads an image that is in memory, as <see cref="Open"/> does.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="range">Which values become black and white.</param>
    /// <param name="pixelLimit">The most pixels (W·H) that are decoded.</param>
    /// <exception cref="ImageFileException">It is no image, too large, truncated or damaged.</exception>
    public static Picture Read(ReadOnlySpan<byte> bytes, string name, PictureRange range = default, long pixelLimit = DefaultPixelLimit)
    {
        ArgumentNullException.ThrowIfNull(name);
        long length = bytes.Length;
        PngFileParts? png = PngFileParts.TryRead(bytes);
        try
        {
            if (TiffDirectory.IsTiff(bytes))
            {
                return Picture.Of(TiffPicture.Read(bytes, CheckSize), range, name);
            }

            if (png is { BitDepth: 16 })
            {
                CheckSize(png.Width, png.Height);
                return Picture.Of(DeepPng.Read(bytes, png), range, name);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            string what = e is EndOfStreamException ? "it ends before its last pixel" : e.Message;
            throw new ImageFileException($"'{name}' cannot be read: {what}. If it is damaged, copy it again; else save it as a PNG of 8 or 16 bits.", e);
        }
        catch (OutOfMemoryException e)
        {
            throw new ImageFileException($"'{name}' has more pixels than there is memory for. Scale it down first.", e);
        }

        using SKData data = SKData.CreateCopy(bytes);
        RgbImage image = Decode(data, name, pixelLimit, png?.Origin);
        return range.Minimum is null ? new Picture(image) : Picture.Of(new DeepSamples(image), range, name);

        void CheckSize(long width, long height)
        {
            if (width < 1 || height < 1 || width > int.MaxValue || height > int.MaxValue || width * height > pixelLimit)
            {
                throw TooLarge(name, width, height, pixelLimit);
            }

            if (width * height > length * MostUnpacked)
            {
                throw new ImageFileException($"'{name}' says that it has {width}x{height} pixels, which its {length} bytes cannot hold: it is truncated or damaged. Copy it again.");
            }
        }
    }

    private static RgbImage Decode(SKData data, string path, long pixelLimit, SKEncodedOrigin? origin)
    {
        using SKCodec codec = SKCodec.Create(data)
            ?? throw new ImageFileException($"'{path}' ({data.Size} bytes) is no image that can be read, or its header is cut off. Give {Kinds}.");
        SKImageInfo size = codec.Info;
        if (size.Width < 1 || size.Height < 1 || (long)size.Width * size.Height > pixelLimit)
        {
            throw TooLarge(path, size.Width, size.Height, pixelLimit);
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

        // Skia knows the orientation of JPEG and WebP files, not that of PNG's.
        return ImageOrientation.Upright(bitmap.GetPixelSpan(), size.Width, size.Height, origin ?? codec.EncodedOrigin);
    }

    private static ImageFileException TooLarge(string name, long width, long height, long pixelLimit) =>
        new($"'{name}' has {width}x{height} pixels; at most {pixelLimit} are decoded. Scale it down first.");

    private static byte[] Bytes(string path)
    {
        try
        {
            FileKind.CheckReadable(path);
            using FileStream stream = File.OpenRead(path);
            if (stream.Length == 0)
            {
                throw new ImageFileException($"'{path}' is empty. Give {Kinds}.");
            }

            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is (IOException and not ImageFileException) or UnauthorizedAccessException or ArgumentException or NotSupportedException or OverflowException or OutOfMemoryException)
        {
            throw new ImageFileException($"The image '{path}' cannot be opened: {e.Message} Check the path and that it is readable.", e);
        }
    }
}

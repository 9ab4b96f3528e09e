using CAManim.Native.Kernels.Interop;
using SkiaSharp;

namespace CAManim.Native.Models.Images;

/// <summary>Tells pictures from other files by their first bytes.</summary>
public static class PictureKind
{
    private const int HeadLength = 12;

    /// <summary>Whether a file begins as one of the kinds that <see cref="ImageFile"/> reads.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsPicture(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        FileKind.CheckReadable(path);
        Span<byte> head = stackalloc byte[HeadLength];
        using FileStream file = File.OpenRead(path);
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        return head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])
            || head.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff])
            || (head.StartsWith("RIFF"u8) && head.EndsWith("WEBP"u8))
            || head.StartsWith("GIF8"u8)
            || head.StartsWith("II*\0"u8)
            || head.StartsWith("MM\0*"u8)
            || (head.StartsWith("BM"u8) && head.Length == HeadLength);
    }

    /// <summary>Whether a picture has several frames.</summary>
    /// <param name="path">The file.</param>
    public static bool IsAnimation(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using SKCodec? codec = SKCodec.Create(path);
        return codec?.FrameCount > 1;
    }
}

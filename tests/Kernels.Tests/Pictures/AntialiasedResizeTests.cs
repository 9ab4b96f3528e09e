using System.Security.Cryptography;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Pictures;

namespace CAManim.Native.Kernels.Tests.Pictures;

public sealed class AntialiasedResizeTests
{
    /// <summary>Made by torchvision 0.14 on PIL 9.4: resize(picture, resize, antialias), center_crop(size); a hash of all bytes, and four of them.</summary>
    [Theory]
    [InlineData(300, 200, 224, 256, PictureFilter.Bilinear, "c6c22ff78efa355a", 119, 148, 75, 63)]
    [InlineData(300, 200, 224, 256, PictureFilter.Bicubic, "c0e1472047f37910", 120, 161, 59, 38)]
    [InlineData(97, 401, 56, 64, PictureFilter.Bilinear, "6d054c58f9007a90", 175, 150, 154, 105)]
    [InlineData(97, 401, 56, 64, PictureFilter.Bicubic, "f52a83b9826abadc", 187, 152, 166, 103)]
    [InlineData(640, 480, 224, 232, PictureFilter.Bilinear, "d714acf7fe72caf9", 113, 134, 148, 187)]
    [InlineData(640, 480, 224, 232, PictureFilter.Bicubic, "a43bff82b3e20607", 107, 137, 147, 208)]
    [InlineData(50, 40, 28, 32, PictureFilter.Bilinear, "d264441add50b5e6", 139, 171, 67, 184)]
    [InlineData(50, 40, 28, 32, PictureFilter.Bicubic, "06930e65a1cdf183", 140, 177, 60, 199)]
    [InlineData(33, 33, 224, 256, PictureFilter.Bilinear, "03195a8008800fcd", 125, 146, 171, 103)]
    [InlineData(33, 33, 224, 256, PictureFilter.Bicubic, "538e62b6d9eb3eee", 126, 155, 177, 99)]
    [InlineData(1, 9, 14, 16, PictureFilter.Bilinear, "1321483ad83e7541", 164, 147, 127, 128)]
    [InlineData(1, 9, 14, 16, PictureFilter.Bicubic, "6f5891e3bc52aac3", 176, 160, 128, 125)]
    [InlineData(5, 1, 8, 8, PictureFilter.Bilinear, "9454ae5acd63cede", 10, 114, 24, 85)]
    [InlineData(5, 1, 8, 8, PictureFilter.Bicubic, "ce3ff83138f23f4a", 0, 116, 17, 83)]
    [InlineData(256, 300, 224, 256, PictureFilter.Bilinear, "1ee87d464e5d09ac", 193, 77, 238, 199)]
    [InlineData(256, 300, 224, 256, PictureFilter.Bicubic, "1ee87d464e5d09ac", 193, 77, 238, 199)]
    [InlineData(1000, 777, 299, 342, PictureFilter.Bilinear, "2a0a723da28c1257", 150, 156, 97, 136)]
    [InlineData(1000, 777, 299, 342, PictureFilter.Bicubic, "9f80e8bf66d03676", 154, 156, 92, 135)]
    public void The_bits_are_those_of_PIL(int width, int height, int size, int resize, PictureFilter filter, string hash, int first, int topRight, int middle, int last)
    {
        int shorter = Math.Min(width, height);
        (long scaledWidth, long scaledHeight) = ((long)width * resize / shorter, (long)height * resize / shorter);
        PictureCut cut = new(scaledWidth, scaledHeight, (long)Math.Round((scaledWidth - size) / 2.0), (long)Math.Round((scaledHeight - size) / 2.0), size, size);
        byte[] pixels = AntialiasedResize.Apply(Picture(width, height), cut, filter).Pixels;
        Assert.Equal([first, topRight, middle, last], [pixels[0], pixels[((size - 1) * 3) + 1], pixels[(((size / 2 * size) + (size / 2)) * 3) + 2], pixels[((size * size) - 1) * 3]]);
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(pixels))[..16]);
    }

    [Fact]
    public void A_part_equals_that_part_of_the_whole()
    {
        RgbImage image = Picture(61, 47);
        RgbImage whole = AntialiasedResize.Apply(image, 30, 90);
        RgbImage part = AntialiasedResize.Apply(image, new PictureCut(30, 90, 3, 40, 20, 30));
        for (int y = 0; y < 30; y++)
        {
            Assert.Equal(whole.Pixels.AsSpan((((40 + y) * 30) + 3) * 3, 60), part.Pixels.AsSpan(y * 60, 60));
        }

        Assert.Same(image, AntialiasedResize.Apply(image, 61, 47));
        Assert.Throws<ArgumentOutOfRangeException>(() => AntialiasedResize.Apply(image, new PictureCut(30, 90, 11, 0, 20, 30)));
        Assert.Throws<ArgumentOutOfRangeException>(() => AntialiasedResize.Apply(image, 0, 5));
    }

    [Fact]
    public void Cancelling_stops_it()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => AntialiasedResize.Apply(Picture(8, 8), 4, 4, cancellation: source.Token));
    }

    // Bytes of a hash of their index; the reference was made of the same.
    private static RgbImage Picture(int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];
        for (uint i = 0; i < pixels.Length; i++)
        {
            uint v = unchecked((i * 2654435761u) + 12345u);
            v ^= v >> 15;
            v = unchecked(v * 2246822519u);
            v ^= v >> 13;
            pixels[i] = (byte)v;
        }

        return new RgbImage(width, height, pixels);
    }
}

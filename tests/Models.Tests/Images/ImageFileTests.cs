using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models.Images;
using SkiaSharp;

namespace CAManim.Native.Models.Tests.Images;

public sealed class ImageFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("camanim-images-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void PNG_is_read_exactly_whatever_its_name()
    {
        byte[] png = Encode(SKEncodedImageFormat.Png, 5, 3, (x, y) => new SKColor((byte)(x * 50), (byte)(y * 100), 7));
        RgbImage image = ImageFile.Load(Write("picture.txt", png));
        Assert.Equal((5, 3), (image.Width, image.Height));
        Assert.Equal([200, 100, 7], image.Pixels[(((1 * 5) + 4) * 3)..(((1 * 5) + 5) * 3)]);
    }

    [Fact]
    public void Transparent_pixels_are_laid_over_white()
    {
        byte[] png = Encode(SKEncodedImageFormat.Png, 3, 1, (x, _) => new SKColor(100, 0, 0, (byte)(x == 0 ? 0 : x == 1 ? 51 : 255)));
        Assert.Equal([255, 255, 255, 224, 204, 204, 100, 0, 0], ImageFile.Load(Write("a", png)).Pixels);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Lossy_formats_are_read_closely(SKEncodedImageFormat format)
    {
        RgbImage image = ImageFile.Load(Write("a", Encode(format, 32, 16, (x, _) => x < 16 ? SKColors.White : SKColors.Black)));
        Assert.Equal((32, 16), (image.Width, image.Height));
        Assert.InRange(image.Pixels[0], 245, 255);
        Assert.InRange(image.Pixels[^1], 0, 10);
    }

    [Fact]
    public void A_JPEG_by_another_name_is_read()
    {
        RgbImage image = ImageFile.Load(SharedFiles.Require("images/dog_cat.jfif"));
        Assert.True(image.Width > 100 && image.Height > 100);
        Assert.Contains(image.Pixels, p => p > 200);
    }

    [Fact]
    public void BMP_is_read()
    {
        // 2x1, 24 bits, blue then red; rows are padded to four bytes.
        byte[] bmp = [.. "BM"u8, .. Int(62), .. Int(0), .. Int(54), .. Int(40), .. Int(2), .. Int(1), 1, 0, 24, 0, .. Int(0), .. Int(8), .. Int(0), .. Int(0), .. Int(0), .. Int(0), 255, 0, 0, 0, 0, 255, 0, 0];
        Assert.Equal([0, 0, 255, 255, 0, 0], ImageFile.Load(Write("a", bmp)).Pixels);
    }

    [Fact]
    public void GIF_is_read()
    {
        // 1x1, two colours, the pixel has the second.
        byte[] gif = [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 1, 2, 3, 40, 50, 60, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4C, 0x01, 0, 0x3B];
        Assert.Equal([40, 50, 60], ImageFile.Load(Write("a", gif)).Pixels);
    }

    /// <summary>The eight orientations of EXIF: where the top left pixel (red) and the one right of it (green) belong.</summary>
    [Theory]
    [InlineData(1, 3, 2, 0, 1)]
    [InlineData(2, 3, 2, 2, 1)]
    [InlineData(3, 3, 2, 5, 4)]
    [InlineData(4, 3, 2, 3, 4)]
    [InlineData(5, 2, 3, 0, 2)]
    [InlineData(6, 2, 3, 1, 3)]
    [InlineData(7, 2, 3, 5, 3)]
    [InlineData(8, 2, 3, 4, 2)]
    public void Orientations_are_applied(int orientation, int width, int height, int red, int green)
    {
        byte[] rgba = new byte[3 * 2 * 4];
        rgba.AsSpan().Fill(255);
        (rgba[1], rgba[2]) = (0, 0);
        (rgba[4], rgba[6]) = (0, 0);
        RgbImage image = ImageOrientation.Upright(rgba, 3, 2, (SKEncodedOrigin)orientation);
        Assert.Equal((width, height), (image.Width, image.Height));
        Assert.Equal([255, 0, 0], image.Pixels[(red * 3)..((red * 3) + 3)]);
        Assert.Equal([0, 255, 0], image.Pixels[(green * 3)..((green * 3) + 3)]);
    }

    [Fact]
    public void The_orientation_of_a_JPEG_is_found()
    {
        byte[] jpeg = Encode(SKEncodedImageFormat.Jpeg, 32, 16, (x, _) => x < 16 ? SKColors.White : SKColors.Black);
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        RgbImage image = ImageFile.Load(Write("a.jpg", [.. jpeg[..2], .. exif, .. jpeg[2..]]));
        Assert.Equal((16, 32), (image.Width, image.Height));
        Assert.InRange(image.Pixels[0], 245, 255);
        Assert.InRange(image.Pixels[^1], 0, 10);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_truncated_image_is_a_clear_error(SKEncodedImageFormat format)
    {
        byte[] whole = Encode(format, 64, 64, (x, y) => new SKColor((byte)(x * y), (byte)(x * 31), (byte)(y * 17)));
        for (int tenths = 1; tenths <= 8; tenths++)
        {
            ImageFileException e = Assert.Throws<ImageFileException>(() => ImageFile.Load(Write("a", whole[..(whole.Length * tenths / 10)])));
            Assert.Contains("'", e.Message);
        }
    }

    [Fact]
    public void An_image_bomb_is_refused_by_its_header()
    {
        byte[] png = Encode(SKEncodedImageFormat.Png, 1, 1, (_, _) => SKColors.Black);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 50_000);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 50_000);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), CAManim.Native.Models.Weights.Formats.Crc32.Append(0, png.AsSpan(12, 17)));
        Assert.Contains("50000x50000", Assert.Throws<ImageFileException>(() => ImageFile.Load(Write("bomb.png", png))).Message);
    }

    [Fact]
    public void The_pixel_limit_can_be_set()
    {
        byte[] png = Encode(SKEncodedImageFormat.Png, 4, 4, (_, _) => SKColors.Black);
        Assert.Contains("at most 15", Assert.Throws<ImageFileException>(() => ImageFile.Load(Write("a", png), pixelLimit: 15)).Message);
        Assert.Equal(4, ImageFile.Load(Write("b", png), pixelLimit: 16).Width);
    }

    [Fact]
    public void What_is_no_image_or_not_there_is_named()
    {
        Assert.Contains("no image", Assert.Throws<ImageFileException>(() => ImageFile.Load(Write("a", "hello, this is text"u8.ToArray()))).Message);
        Assert.Contains("empty", Assert.Throws<ImageFileException>(() => ImageFile.Load(Write("b", []))).Message);
        Assert.Contains("nowhere.png", Assert.Throws<ImageFileException>(() => ImageFile.Load(Path.Combine(_folder, "nowhere.png"))).Message);
        Assert.Throws<ImageFileException>(() => ImageFile.Load(_folder));
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/zero is Linux's");
        Assert.Throws<ImageFileException>(() => ImageFile.Load("/dev/zero"));
    }

    [Fact]
    public void A_thousand_mutations_end_in_an_image_or_a_clear_error()
    {
        byte[] png = Encode(SKEncodedImageFormat.Png, 8, 8, (x, y) => new SKColor((byte)(x * 20), (byte)(y * 20), 1));
        byte[] jpeg = Encode(SKEncodedImageFormat.Jpeg, 8, 8, (x, y) => new SKColor((byte)(x * 20), (byte)(y * 20), 1));
        for (int seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            byte[] bad = [.. seed % 2 == 0 ? png : jpeg];
            bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                ImageFile.Load(Write("a", bad), pixelLimit: 1_000_000);
            }
            catch (ImageFileException)
            {
                // The only exception there may be; many mutations change a colour only.
            }
        }
    }

    private static byte[] Encode(SKEncodedImageFormat format, int width, int height, Func<int, int, SKColor> colour)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                bitmap.SetPixel(x, y, colour(x, y));
            }
        }

        using SKData data = bitmap.Encode(format, 95);
        return data.ToArray();
    }

    private static byte[] Int(int value) => BitConverter.GetBytes(value);

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}

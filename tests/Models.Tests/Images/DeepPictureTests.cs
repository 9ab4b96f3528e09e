using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models.Images;

namespace CAManim.Native.Models.Tests.Images;

/// <summary>TIFF files and 16-bit PNG files that PIL 9.4 (libtiff) and a script wrote of values that are made here again.</summary>
public sealed class DeepPictureTests
{
    private const int Width = 40, Height = 30;

    [Theory]
    [InlineData("rgb8-raw.tiff")]
    [InlineData("rgb8-tiff_lzw.tiff")]
    [InlineData("rgb8-predictor.tiff")]
    [InlineData("rgb8-tiff_adobe_deflate.tiff")]
    [InlineData("rgb8-packbits.tiff")]
    public void A_TIFF_of_8_bits_is_read_exactly(string file)
    {
        Picture picture = ImageFile.Open(File(file));
        Assert.Equal((Width, Height, 8), (picture.Image.Width, picture.Image.Height, picture.BitsPerSample));
        Assert.Equal(Values(Width * Height * 3, 8).Select(v => (byte)v), picture.Image.Pixels);
        Assert.Null(picture.Note);
    }

    [Fact]
    public void A_TIFF_is_turned_as_it_says_and_palettes_are_looked_up()
    {
        RgbImage turned = ImageFile.Load(File("grey8.tiff"));
        Assert.Equal((Height, Width), (turned.Width, turned.Height));

        // Orientation 6: the first row is the right column.
        ushort[] values = Values(Width * Height, 8);
        Assert.Equal(Enumerable.Range(0, Width).Select(x => (byte)values[x]), Enumerable.Range(0, Width).Select(y => turned.Pixels[((y * Height) + Height - 1) * 3]));
        Assert.Equal(0x6e8023fcU, CAManim.Native.Models.Weights.Formats.Crc32.Append(0, ImageFile.Load(File("palette.tiff")).Pixels));
    }

    /// <summary>The values reach 4091: 12 bits.</summary>
    [Theory]
    [InlineData("grey12in16-interlaced.png")]
    [InlineData("grey16.tiff")]
    public void Twelve_bits_in_sixteen_are_read_as_twelve_and_said(string file)
    {
        Picture picture = ImageFile.Open(File(file));
        ushort[] values = Values(Width * Height, 12);
        Assert.Equal((16, 0.0, 4095.0), (picture.BitsPerSample, picture.Minimum, picture.Maximum));
        Assert.Contains("0 to 4095 (12 bits)", picture.Note);
        Assert.Equal(values.Select(v => (byte)Math.Round(v * 255 / 4095f)), Enumerable.Range(0, values.Length).Select(i => picture.Image.Pixels[i * 3]));

        // To the tensor no bit is lost.
        Preprocessing preprocessing = new() { Mode = ResizeMode.Keep, Mean = [0, 0, 0], StandardDeviation = [1, 1, 1] };
        Numbers.AssertClose(preprocessing.Apply(picture).Values, [.. Enumerable.Repeat(values.Select(v => v / 4095f), 3).SelectMany(v => v)], 1e-7, 0);
        Preprocessing grey = preprocessing with { Channels = 1, Mean = [0.5f], StandardDeviation = [0.25f] };
        Numbers.AssertClose(grey.Apply(picture).Values, [.. values.Select(v => ((v / 4095f) - 0.5f) / 0.25f)], 1e-6, 0);
    }

    [Fact]
    public void A_window_or_the_full_range_is_taken_where_it_is_asked_for()
    {
        ushort[] values = Values(Width * Height, 12);
        Picture full = ImageFile.Open(File("grey16.tiff"), PictureRange.Parse("full"));
        Assert.Equal(values.Select(v => (byte)Math.Round(v * 255 / 65535.0)), Enumerable.Range(0, values.Length).Select(i => full.Image.Pixels[i * 3]));
        Assert.Contains("as asked", full.Note);
        Picture window = ImageFile.Open(File("grey16.tiff"), PictureRange.Parse("1000:3000"));
        Assert.Equal(values.Select(v => (byte)MathF.Round(Math.Clamp((v - 1000) / 2000f, 0, 1) * 255)), Enumerable.Range(0, values.Length).Select(i => window.Image.Pixels[i * 3]));
        Picture of8 = ImageFile.Open(File("rgb8-raw.tiff"), PictureRange.Window(0, 51));
        Assert.Equal(Values(Width * Height * 3, 8).Select(v => (byte)Math.Min(255, v * 5)), of8.Image.Pixels);
        Assert.Equal("1000:3000", PictureRange.Parse("1000:3000").ToString());
        Assert.All(["5:5", "9:1", "a:b", "1", "half", "1:2:3", "nan:5", "0:inf"], text => Assert.Throws<ArgumentException>(() => PictureRange.Parse(text)));
    }

    [Fact]
    public void Sixteen_bits_of_RGB_and_what_is_transparent()
    {
        ushort[] values = Values(Width * Height * 3, 16);
        Assert.Equal(values.Select(v => (byte)Math.Round(v * 255 / 65535.0)), ImageFile.Load(File("rgb16.png")).Pixels);
        ushort[] grey = Values(Width * Height, 12);
        Picture alpha = ImageFile.Open(File("grey-alpha16.png"));
        Assert.Equal(4095, alpha.Maximum);
        Assert.Equal(grey.Select((v, i) => i % 3 == 0 ? (byte)255 : (byte)Math.Round(v * 255 / 4095f)), Enumerable.Range(0, grey.Length).Select(i => alpha.Image.Pixels[i * 3]));
    }

    /// <summary>16 bits are scaled as 8 are, but for the rounding.</summary>
    [Theory]
    [InlineData(ResizeMode.Stretch)]
    [InlineData(ResizeMode.Crop)]
    public void Sixteen_bits_are_scaled_as_eight_are(ResizeMode mode)
    {
        Preprocessing preprocessing = new() { Mode = mode, Size = 14, Mean = [0, 0, 0], StandardDeviation = [1, 1, 1] };
        ModelInput deep = preprocessing.Apply(ImageFile.Open(File("rgb16.png")));
        ModelInput shallow = preprocessing.Apply(ImageFile.Load(File("rgb16.png")));
        Numbers.AssertClose(deep.Values, shallow.Values, 2.5 / 255, 0);
        Assert.Equal((Width, Height, shallow.Area), (deep.Original.Width, deep.Original.Height, deep.Area));
    }

    [Fact]
    public void The_shared_radiograph_and_pictures_are_the_same_in_all_their_files()
    {
        RgbImage upright = ImageFile.Load(SharedFiles.Require("cases/img/a.png"));
        Assert.Equal(upright.Pixels, ImageFile.Load(SharedFiles.Require("cases/img/a.tiff")).Pixels);
        Assert.Equal(upright.Pixels, ImageFile.Load(SharedFiles.Require("cases/img/exif6.png")).Pixels);
        byte[] eight = ImageFile.Load(SharedFiles.Require("cases/img/xray8.png")).Pixels;
        byte[] twelve = ImageFile.Load(SharedFiles.Require("cases/img/xray12in16.png")).Pixels;
        Assert.All(eight.Zip(twelve), p => Assert.InRange(p.First - p.Second, -1, 1));
    }

    [Theory]
    [InlineData("rgb8-tiff_lzw.tiff")]
    [InlineData("rgb8-packbits.tiff")]
    [InlineData("grey16.tiff")]
    [InlineData("palette.tiff")]
    [InlineData("grey12in16-interlaced.png")]
    [InlineData("grey-alpha16.png")]
    public void Mutations_and_cuts_end_in_a_picture_or_a_clear_error_with_little_memory(string file)
    {
        byte[] whole = System.IO.File.ReadAllBytes(File(file));
        ImageFile.Read(whole, file);
        PeakMemory memory = new();
        for (int seed = 0; seed < 600; seed++)
        {
            var random = new Random(seed);
            byte[] bad = [.. seed % 3 == 0 ? whole[..random.Next(whole.Length)] : whole];
            for (int k = 0; k < (seed % 4) && bad.Length > 0; k++)
            {
                // Half of them where the sizes stand.
                bad[seed % 2 == 0 ? random.Next(Math.Min(64, bad.Length)) : random.Next(bad.Length)] = (byte)random.Next(256);
            }

            try
            {
                ImageFile.Read(bad, "it");
            }
            catch (ImageFileException)
            {
                // The only exception there may be.
            }
        }

        Assert.True(memory.Growth < 256 << 20, $"{memory.Growth} bytes");
    }

    [Fact]
    public void A_size_that_the_file_cannot_hold_is_refused_at_once()
    {
        byte[] tiff = System.IO.File.ReadAllBytes(File("rgb8-raw.tiff"));
        int width = tiff.AsSpan().IndexOf((byte[])[0, 1, 4, 0, 1, 0, 0, 0]);
        width = width < 0 ? tiff.AsSpan().IndexOf((byte[])[0, 1, 3, 0, 1, 0, 0, 0]) : width;
        BitConverter.TryWriteBytes(tiff.AsSpan(width + 2), (short)4);
        BitConverter.TryWriteBytes(tiff.AsSpan(width + 8), 3_000_000);
        Assert.Contains("cannot hold", Assert.Throws<ImageFileException>(() => ImageFile.Read(tiff, "it")).Message);
    }

    private static string File(string name) => Path.Combine(AppContext.BaseDirectory, "Images", "Files", name);

    // Half noise, half runs; the files were made of the same.
    private static ushort[] Values(int count, int bits)
    {
        ushort[] values = new ushort[count];
        for (uint i = 0; i < count; i++)
        {
            uint v = unchecked((i * 2654435761u) + 12345u);
            v ^= v >> 15;
            v = unchecked(v * 2246822519u);
            v ^= v >> 13;
            values[i] = (ushort)((i / 97 % 2 == 0 ? v : i / 97 * 7) & ((1u << bits) - 1));
        }

        return values;
    }
}

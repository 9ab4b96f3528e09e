using System.Buffers.Binary;

namespace CAManim.Native.Models.Images.Formats;

/// <summary>
/// Reads the first picture of a TIFF file: grey, palette or RGB, with or without alpha, 8 or 16 bits, in strips or tiles; as it is, or
/// packed by LZW, deflate or PackBits, with or without differences (TIFF 6.0, Adobe 1992).
/// </summary>
internal static class TiffPicture
{
    private const int Width = 256, Height = 257, BitsPerSample = 258, Compression = 259, Photometric = 262, StripOffsets = 273, Orientation = 274, SamplesPerPixel = 277,
        RowsPerStrip = 278, StripByteCounts = 279, LargestSample = 281, Planar = 284, Predictor = 317, ColourMap = 320, TileWidth = 322, TileHeight = 323, TileOffsets = 324, TileByteCounts = 325, SampleFormat = 339;

    private const int WhiteIsZero = 0, BlackIsZero = 1, Rgb = 2, Palette = 3;

    /// <param name="bytes">The file.</param>
    /// <param name="checkSize">Told W and H before anything is made; throws where they are too large.</param>
    /// <exception cref="InvalidDataException">It is damaged, or of a kind that is not read; says which.</exception>
    public static DeepSamples Read(ReadOnlySpan<byte> bytes, Action<long, long> checkSize)
    {
        TiffDirectory tags = new(bytes);
        (long width, long height) = (tags.Require(Width, "width")[0], tags.Require(Height, "height")[0]);
        checkSize(width, height);
        int channels = (int)tags.First(SamplesPerPixel, 1);
        long[] depths = tags.Find(BitsPerSample) ?? [1];
        int bits = (int)depths[0];
        long photometric = tags.First(Photometric, BlackIsZero);
        if (bits is not (8 or 16) || depths.Any(d => d != bits) || tags.First(SampleFormat, 1) != 1)
        {
            throw new InvalidDataException($"its samples have {string.Join(", ", depths.Take(4))} bits (kind {tags.First(SampleFormat, 1)}); whole numbers of 8 or 16 bits are read");
        }

        if (photometric is < WhiteIsZero or > Palette || channels < 1 || channels > 4 || channels < (photometric == Rgb ? 3 : 1) || (photometric == Palette && channels != 1))
        {
            throw new InvalidDataException($"it has {channels} samples a pixel of colour kind {photometric}; grey, palette and RGB are read");
        }

        ushort[] samples = new ushort[width * height * channels];
        Fill(bytes, tags, samples, (int)width, (int)height, channels, bits);
        if (photometric == WhiteIsZero)
        {
            Invert(samples, channels, (1 << bits) - 1);
        }

        int? largest = tags.Find(LargestSample) is [var named, ..] && named is > 0 and < ushort.MaxValue && bits == 16 ? (int)named : null;
        (samples, channels, bits) = photometric == Palette ? (Look(samples, tags), 3, 8) : (Drop(samples, channels, photometric == Rgb ? 4 : 2), photometric == Rgb ? channels : Math.Min(channels, 2), bits);
        return new DeepSamples((int)width, (int)height, channels, bits, samples, ExifOrientation.From((int)tags.First(Orientation, 1))) { LargestNamed = largest };
    }

    private static void Fill(ReadOnlySpan<byte> bytes, TiffDirectory tags, ushort[] samples, int width, int height, int channels, int bits)
    {
        bool isTiled = tags.Find(TileOffsets) is not null;
        long[] offsets = isTiled ? tags.Require(TileOffsets, "tiles") : tags.Require(StripOffsets, "strips");
        long[] lengths = isTiled ? tags.Require(TileByteCounts, "lengths of its tiles") : tags.Require(StripByteCounts, "lengths of its strips");
        long blockWidth = isTiled ? tags.Require(TileWidth, "width of its tiles")[0] : width;
        long blockHeight = isTiled ? tags.Require(TileHeight, "height of its tiles")[0] : Math.Min(tags.First(RowsPerStrip, height), height);
        bool isPlanar = tags.First(Planar, 1) == 2 && channels > 1;
        int together = isPlanar ? 1 : channels;
        long across = blockWidth < 1 ? 0 : (width + blockWidth - 1) / blockWidth;
        long down = blockHeight < 1 ? 0 : (height + blockHeight - 1) / blockHeight;
        long expected = across * down * (isPlanar ? channels : 1);

        // A tile may reach beyond the picture, by less than itself.
        if (expected < 1 || offsets.Length != expected || lengths.Length != expected || blockWidth * blockHeight > Math.Max(2L * width * height, 1 << 20))
        {
            throw new InvalidDataException($"it has {offsets.Length} parts of {blockWidth}x{blockHeight} pixels, {expected} are expected");
        }

        byte[] block = new byte[blockWidth * blockHeight * together * (bits / 8)];
        for (int i = 0; i < expected; i++)
        {
            (long plane, long at) = (i / (across * down), i % (across * down));
            (long left, long top) = (at % across * blockWidth, at / across * blockHeight);
            int rows = (int)(isTiled ? blockHeight : Math.Min(blockHeight, height - top));
            if (offsets[i] > bytes.Length || lengths[i] > bytes.Length - offsets[i])
            {
                throw new InvalidDataException("it ends early");
            }

            Span<byte> content = block.AsSpan(0, (int)(blockWidth * rows * together * (bits / 8)));
            TiffPacking.Unpack(bytes.Slice((int)offsets[i], (int)lengths[i]), content, tags.First(Compression, 1));
            Block part = new((int)left, (int)top, (int)blockWidth, rows, (int)plane, together);
            Place(content, part, samples, width, height, channels, bits, tags.IsBigEndian, tags.First(Predictor, 1));
        }
    }

    private static void Place(ReadOnlySpan<byte> content, Block block, ushort[] samples, int width, int height, int channels, int bits, bool isBigEndian, long predictor)
    {
        if (predictor is not (1 or 2))
        {
            throw new InvalidDataException($"its samples are predicted by kind {predictor}; 1 and 2 are read");
        }

        ushort[] row = new ushort[block.Width * block.Channels];
        ushort mask = (ushort)((1 << bits) - 1);
        for (int y = 0; y < block.Height && block.Top + y < height; y++)
        {
            ReadOnlySpan<byte> from = content.Slice(y * row.Length * (bits / 8));
            for (int i = 0; i < row.Length; i++)
            {
                ushort value = bits == 8 ? from[i] : isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(from[(2 * i)..]) : BinaryPrimitives.ReadUInt16LittleEndian(from[(2 * i)..]);
                row[i] = predictor == 2 && i >= block.Channels ? (ushort)((value + row[i - block.Channels]) & mask) : value;
            }

            for (int x = 0; x < block.Width && block.Left + x < width; x++)
            {
                long to = ((((long)block.Top + y) * width) + block.Left + x) * channels;
                for (int c = 0; c < block.Channels; c++)
                {
                    samples[to + block.Plane + c] = row[(x * block.Channels) + c];
                }
            }
        }
    }

    private static void Invert(ushort[] samples, int channels, int white)
    {
        for (int i = 0; i < samples.Length; i += channels)
        {
            samples[i] = (ushort)(white - samples[i]);
        }
    }

    // Three tables of 16 bits, one behind another.
    private static ushort[] Look(ushort[] samples, TiffDirectory tags)
    {
        long[] map = tags.Require(ColourMap, "palette");
        int colours = map.Length / 3;
        ushort[] result = new ushort[samples.LongLength * 3];
        for (int i = 0; i < samples.Length; i++)
        {
            for (int c = 0; c < 3; c++)
            {
                result[(i * 3) + c] = samples[i] < colours ? (ushort)(map[(c * colours) + samples[i]] >> 8) : throw new InvalidDataException($"a pixel has the colour {samples[i]} of {colours}");
            }
        }

        return result;
    }

    // Grey with more than alpha: the rest is not shown.
    private static ushort[] Drop(ushort[] samples, int channels, int most)
    {
        if (channels <= most)
        {
            return samples;
        }

        ushort[] result = new ushort[samples.LongLength / channels * most];
        for (int from = 0, to = 0; from < samples.Length; from += channels, to += most)
        {
            samples.AsSpan(from, most).CopyTo(result.AsSpan(to));
        }

        return result;
    }

    private readonly record struct Block(int Left, int Top, int Width, int Height, int Plane, int Channels);
}

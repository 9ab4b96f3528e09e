using System.Buffers.Binary;
using System.IO.Compression;
using CAManim.Native.Models.Weights.Formats;

namespace CAManim.Native.Models.Images.Formats;

/// <summary>Reads the samples of PNG files of 16 bits, of which other decoders keep 8 or 11.</summary>
internal static class DeepPng
{
    // Adam7: first column and row, steps.
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <param name="bytes">The file.</param>
    /// <param name="parts">Its parts; the size was checked.</param>
    /// <exception cref="InvalidDataException">It is damaged or ends early.</exception>
    public static DeepSamples Read(ReadOnlySpan<byte> bytes, PngFileParts parts)
    {
        int channels = parts.ColourType switch { 0 => 1, 2 => 3, 4 => 2, 6 => 4, _ => throw new InvalidDataException($"it has the colour type {parts.ColourType} with 16 bits, which there is not") };
        ushort[] samples = new ushort[(long)parts.Width * parts.Height * channels];
        using ZLibStream data = new(Data(bytes, parts), CompressionMode.Decompress);
        foreach ((int x, int y, int stepX, int stepY) in parts.IsInterlaced ? Passes : [(0, 0, 1, 1)])
        {
            Pass(data, samples, parts, channels, x, y, stepX, stepY);
        }

        return parts.Transparent.Length == 0 || channels is 2 or 4
            ? new DeepSamples(parts.Width, parts.Height, channels, 16, samples, parts.Origin)
            : new DeepSamples(parts.Width, parts.Height, channels + 1, 16, WithAlpha(samples, parts.Transparent), parts.Origin);
    }

    private static MemoryStream Data(ReadOnlySpan<byte> bytes, PngFileParts parts)
    {
        MemoryStream data = new();
        foreach ((int start, int length) in parts.Data)
        {
            // The checksum is of the chunk's name and content, and stands behind them.
            if (Crc32.Append(0, bytes.Slice(start - 4, length + 4)) != BinaryPrimitives.ReadUInt32BigEndian(bytes[(start + length)..]))
            {
                throw new InvalidDataException("the checksum of its pixels is wrong");
            }

            data.Write(bytes.Slice(start, length));
        }

        data.Position = 0;
        return data;
    }

    private static void Pass(Stream data, ushort[] samples, PngFileParts parts, int channels, int firstX, int firstY, int stepX, int stepY)
    {
        int width = (parts.Width - firstX + stepX - 1) / stepX;
        if (width <= 0)
        {
            return;
        }

        int pixel = channels * 2;
        byte[] row = new byte[(width * pixel) + 1];
        byte[] above = new byte[row.Length];
        for (int y = firstY; y < parts.Height; y += stepY)
        {
            data.ReadExactly(row);
            Unfilter(row, above, pixel);
            for (int x = 0; x < width; x++)
            {
                long to = (((long)y * parts.Width) + firstX + ((long)x * stepX)) * channels;
                for (int c = 0; c < channels; c++)
                {
                    samples[to + c] = BinaryPrimitives.ReadUInt16BigEndian(row.AsSpan(1 + (x * pixel) + (c * 2)));
                }
            }

            (row, above) = (above, row);
        }
    }

    // The first byte says how the others were changed by those before and above them.
    private static void Unfilter(byte[] row, byte[] above, int pixel)
    {
        int kind = row[0];
        if (kind > 4)
        {
            throw new InvalidDataException($"a row has the filter {kind}, of which there are 0 to 4");
        }

        for (int i = 1; i < row.Length && kind > 0; i++)
        {
            int left = i > pixel ? row[i - pixel] : 0;
            int aboveLeft = i > pixel ? above[i - pixel] : 0;
            row[i] += (byte)(kind switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                _ => Paeth(left, above[i], aboveLeft),
            });
        }
    }

    private static int Paeth(int left, int above, int aboveLeft)
    {
        int estimate = left + above - aboveLeft;
        (int a, int b, int c) = (Math.Abs(estimate - left), Math.Abs(estimate - above), Math.Abs(estimate - aboveLeft));
        return a <= b && a <= c ? left : b <= c ? above : aboveLeft;
    }

    private static ushort[] WithAlpha(ushort[] samples, ushort[] transparent)
    {
        int channels = transparent.Length;
        ushort[] result = new ushort[samples.LongLength / channels * (channels + 1)];
        for (int from = 0, to = 0; from < samples.Length; from += channels, to += channels + 1)
        {
            ReadOnlySpan<ushort> pixel = samples.AsSpan(from, channels);
            pixel.CopyTo(result.AsSpan(to));
            result[to + channels] = pixel.SequenceEqual(transparent) ? (ushort)0 : ushort.MaxValue;
        }

        return result;
    }
}

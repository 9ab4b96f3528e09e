using CAManim.Native.Kernels.Maps;
using SkiaSharp;

namespace CAManim.Native.Models.Images;

/// <summary>Samples as a file has them, of 8 or 16 bits, upright, without transparency.</summary>
internal sealed class DeepSamples
{
    /// <param name="width">W, as encoded.</param>
    /// <param name="height">H, as encoded.</param>
    /// <param name="channels">Grey, grey and alpha, RGB, or RGB and alpha: 1 to 4.</param>
    /// <param name="bits">8 or 16.</param>
    /// <param name="values">[H,W,channels].</param>
    /// <param name="origin">Where the first row and column belong.</param>
    public DeepSamples(int width, int height, int channels, int bits, ushort[] values, SKEncodedOrigin origin = SKEncodedOrigin.TopLeft)
    {
        Bits = bits;
        Channels = channels < 3 ? 1 : 3;
        bool hasAlpha = channels is 2 or 4;
        ImagePlaces places = new(width, height, origin);
        (Width, Height) = (places.Width, places.Height);
        Values = origin == SKEncodedOrigin.TopLeft && !hasAlpha ? values : new ushort[(long)width * height * Channels];
        Alpha = hasAlpha ? new ushort[(long)width * height] : null;
        if (ReferenceEquals(Values, values))
        {
            return;
        }

        int from = 0;
        for (int y = 0; y < height; y++)
        {
            long pixel = places.Start + (y * places.StepY);
            for (int x = 0; x < width; x++, from += channels, pixel += places.StepX)
            {
                for (int c = 0; c < Channels; c++)
                {
                    Values[(pixel * Channels) + c] = values[from + c];
                }

                if (Alpha is not null)
                {
                    Alpha[pixel] = values[from + Channels];
                }
            }
        }
    }

    /// <summary>The samples of an 8-bit picture.</summary>
    public DeepSamples(RgbImage image)
        : this(image.Width, image.Height, 3, 8, Array.ConvertAll(image.Pixels, p => (ushort)p))
    {
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>1 or 3.</summary>
    public int Channels { get; }

    /// <summary>8 or 16.</summary>
    public int Bits { get; }

    /// <summary>[H,W,<see cref="Channels"/>].</summary>
    public ushort[] Values { get; }

    /// <summary>The largest value that samples can have by the file's own word, or null.</summary>
    public int? LargestNamed { get; init; }

    // [H,W]; null where all is opaque.
    private ushort[]? Alpha { get; }

    /// <summary>The smallest and the largest value of pixels that can be seen.</summary>
    public (int Lowest, int Highest) Extremes()
    {
        (int lowest, int highest) = (ushort.MaxValue, 0);
        for (int i = 0; i < Values.Length; i++)
        {
            if (Alpha is null || Alpha[i / Channels] > 0)
            {
                (lowest, highest) = (Math.Min(lowest, Values[i]), Math.Max(highest, Values[i]));
            }
        }

        return lowest > highest ? (0, 0) : (lowest, highest);
    }

    /// <summary>What every value stands for: 0 at the minimum, 1 at the maximum, cut off beyond.</summary>
    public static float[] Table(double minimum, double maximum)
    {
        float[] table = new float[ushort.MaxValue + 1];
        for (int v = 0; v < table.Length; v++)
        {
            table[v] = (float)Math.Clamp((v - minimum) / (maximum - minimum), 0, 1);
        }

        return table;
    }

    /// <summary>In 8 bits; pixels that can be seen through are laid over white, in the samples too.</summary>
    public RgbImage ToImage(double minimum, double maximum)
    {
        OverWhite(maximum);
        byte[] table = Array.ConvertAll(Table(minimum, maximum), v => (byte)MathF.Round(v * 255));
        byte[] pixels = new byte[(long)Width * Height * 3];
        for (int i = 0, to = 0; i < Values.Length; i += Channels, to += 3)
        {
            (pixels[to], pixels[to + 1], pixels[to + 2]) = Channels == 1
                ? (table[Values[i]], table[Values[i]], table[Values[i]])
                : (table[Values[i]], table[Values[i + 1]], table[Values[i + 2]]);
        }

        return new RgbImage(Width, Height, pixels);
    }

    private void OverWhite(double white)
    {
        if (Alpha is null)
        {
            return;
        }

        double opaque = (1 << Bits) - 1;
        for (int i = 0; i < Values.Length; i++)
        {
            double share = Alpha[i / Channels] / opaque;
            Values[i] = (ushort)Math.Clamp(Math.Round((Values[i] * share) + (white * (1 - share))), 0, ushort.MaxValue);
        }

        Array.Fill(Alpha, (ushort)opaque);
    }
}

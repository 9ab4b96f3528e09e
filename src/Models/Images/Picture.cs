using System.Globalization;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Models.Images;

/// <summary>A picture from a file, upright: in 8 bits to look at, and with all bits of its samples for the network.</summary>
public sealed class Picture
{
    /// <summary>An 8-bit picture whose values are taken as they are.</summary>
    /// <param name="image">[H,W,3].</param>
    public Picture(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        (Image, Minimum, Maximum, BitsPerSample) = (image, 0, byte.MaxValue, 8);
    }

    internal Picture(DeepSamples samples, double minimum, double maximum, string? note)
    {
        (Deep, Minimum, Maximum, BitsPerSample, Note) = (samples, minimum, maximum, samples.Bits, note);
        Image = samples.ToImage(minimum, maximum);
    }

    /// <summary>In 8 bits, values cut to the range.</summary>
    public RgbImage Image { get; }

    /// <summary>Bits of a sample in the file: 8 or 16.</summary>
    public int BitsPerSample { get; }

    /// <summary>The file's value that becomes 0.</summary>
    public double Minimum { get; }

    /// <summary>The file's value that becomes 1.</summary>
    public double Maximum { get; }

    /// <summary>One line on how values were read where that is a choice (16 bits, a window), or null.</summary>
    public string? Note { get; }

    /// <summary>The samples; null where <see cref="Image"/> has all that there is.</summary>
    internal DeepSamples? Deep { get; }

    /// <summary>What the file holds as a picture in the range that was asked for.</summary>
    internal static Picture Of(DeepSamples samples, PictureRange range, string name)
    {
        (int lowest, int highest) = samples.Extremes();
        string found = string.Create(CultureInfo.InvariantCulture, $"'{name}' has {samples.Bits}-bit samples from {lowest} to {highest}");
        if (range.Minimum is { } minimum && range.Maximum is { } maximum)
        {
            return new Picture(samples, minimum, maximum, string.Create(CultureInfo.InvariantCulture, $"{found}; {minimum} to {maximum} become 0 to 1, as asked."));
        }

        if (samples.Bits == 8)
        {
            return new Picture(samples.ToImage(0, byte.MaxValue));
        }

        if (range.IsFull)
        {
            return new Picture(samples, 0, ushort.MaxValue, $"{found}; 0 to 65535 become 0 to 1, as asked.");
        }

        int white = samples.LargestNamed is { } named && named >= highest ? named : WhiteOf(highest);
        string why = white == samples.LargestNamed ? "as the file says" : $"{BitsOf(white)} bits";
        return new Picture(samples, 0, white, $"{found}; 0 to {white} ({why}) become 0 to 1. --range MIN:MAX or full takes others.");
    }

    // The depths that cameras and radiographs come in.
    private static int WhiteOf(int highest) => new[] { 8, 10, 12, 14 }.Select(bits => (1 << bits) - 1).FirstOrDefault(white => highest <= white, ushort.MaxValue);

    private static int BitsOf(int white) => int.Log2(white + 1);
}

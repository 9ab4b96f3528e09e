using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Models.Demo;

/// <summary>How an image becomes the input of a demo network: 128x128, (v / 255 - 0.5) / 0.25 for every channel.</summary>
public static class DemoPreprocessing
{
    /// <summary>Mean of every channel.</summary>
    public const float Mean = 0.5f;

    /// <summary>Deviation of every channel.</summary>
    public const float Deviation = 0.25f;

    /// <summary>Writes an image [H,W,3] as normalised planes [3,H,W].</summary>
    /// <param name="image">Any size; it is not resized.</param>
    /// <param name="planes">3·H·W values; in [-2,2] afterwards.</param>
    /// <exception cref="ArgumentException"><paramref name="planes"/> does not have 3·H·W values.</exception>
    public static void Write(RgbImage image, Span<float> planes)
    {
        ArgumentNullException.ThrowIfNull(image);
        int plane = image.Width * image.Height;
        if (planes.Length != 3 * plane)
        {
            throw new ArgumentException($"A {image.Width}x{image.Height} image has {3 * plane} values, the span has {planes.Length}.", nameof(planes));
        }

        for (int channel = 0; channel < 3; channel++)
        {
            for (int i = 0; i < plane; i++)
            {
                planes[(channel * plane) + i] = ((image.Pixels[(i * 3) + channel] / 255f) - Mean) / Deviation;
            }
        }
    }
}

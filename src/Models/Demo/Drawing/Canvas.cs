using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Models.Demo.Drawing;

/// <summary>The picture while it is drawn: [H,W] colours, and the mask of every object so far.</summary>
internal sealed class Canvas(int width, int height)
{
    /// <summary>W.</summary>
    public int Width { get; } = width;

    /// <summary>H.</summary>
    public int Height { get; } = height;

    /// <summary>[H,W].</summary>
    public Colour[] Pixels { get; } = new Colour[width * height];

    /// <summary>One mask [H,W] an object, 255 where it is seen; what is painted over a pixel later takes it out.</summary>
    public List<byte[]> Masks { get; } = [];

    /// <summary>Blends a colour over a pixel.</summary>
    public void Blend(int index, Colour colour, float alpha) => Pixels[index] = Colour.Mix(Pixels[index], colour, alpha);

    /// <summary>Takes a pixel out of all masks.</summary>
    public void Cover(int index)
    {
        foreach (byte[] mask in Masks)
        {
            mask[index] = 0;
        }
    }

    /// <summary>Mean colour of the square of this half size around a point, clipped to the picture.</summary>
    public Colour MeanAround(float x, float y, float half)
    {
        (int x0, int x1) = Span(x, half, Width);
        (int y0, int y1) = Span(y, half, Height);
        Colour sum = default;
        for (int row = y0; row < y1; row++)
        {
            for (int column = x0; column < x1; column++)
            {
                sum += Pixels[(row * Width) + column];
            }
        }

        return sum * (1f / Math.Max(1, (x1 - x0) * (y1 - y0)));
    }

    /// <summary>First pixel and first pixel after a span around a centre, clipped to 0 to <paramref name="size"/>.</summary>
    public static (int From, int To) Span(float centre, float half, int size) =>
        (Math.Clamp((int)MathF.Floor(centre - half), 0, size), Math.Clamp((int)MathF.Ceiling(centre + half) + 1, 0, size));

    /// <summary>Clamps, rounds to 8 bits and leaves the canvas as it was.</summary>
    public RgbImage ToImage()
    {
        byte[] bytes = new byte[Width * Height * 3];
        for (int i = 0; i < Pixels.Length; i++)
        {
            bytes[i * 3] = ToByte(Pixels[i].R);
            bytes[(i * 3) + 1] = ToByte(Pixels[i].G);
            bytes[(i * 3) + 2] = ToByte(Pixels[i].B);
        }

        return new RgbImage(Width, Height, bytes);
    }

    private static byte ToByte(float value) => (byte)((Math.Clamp(value, 0f, 1f) * 255f) + 0.5f);
}

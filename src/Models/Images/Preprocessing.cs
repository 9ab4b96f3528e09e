using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Pictures;

namespace CAManim.Native.Models.Images;

/// <summary>From an image to the input of a network: resize, scale to [0,1], subtract the mean, divide by the deviation.</summary>
public sealed record Preprocessing
{
    /// <summary>How the image is brought to size.</summary>
    public ResizeMode Mode { get; init; } = ResizeMode.Stretch;

    /// <summary>Side of the input in pixels; not used by <see cref="ResizeMode.Keep"/>.</summary>
    public int Size { get; init; } = 224;

    /// <summary>W of the input where it is no square, of <see cref="ResizeMode.Stretch"/> only; <see cref="Size"/> is H then. Null: a square.</summary>
    public int? Width { get; init; }

    /// <summary>Side that <see cref="ResizeMode.Crop"/> scales the shorter edge to; null: 256/224 of the size.</summary>
    public int? ResizeSize { get; init; }

    /// <summary>What <see cref="ResizeMode.Crop"/> scales the shorter edge to: <see cref="ResizeSize"/> or its default, never less than <see cref="Size"/>.</summary>
    public int CropSide => Math.Max(Size, ResizeSize ?? (int)Math.Round(Size * 256 / 224.0));

    /// <summary>Means that are subtracted from RGB in [0,1].</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0.485f, 0.456f, 0.406f];

    /// <summary>Deviations that the differences are divided by.</summary>
    public IReadOnlyList<float> StandardDeviation { get; init; } = [0.229f, 0.224f, 0.225f];

    /// <summary>What a network of the zoo expects.</summary>
    /// <param name="model">The network.</param>
    /// <param name="mode">How the image is brought to size.</param>
    public static Preprocessing For(LoadedModel model, ResizeMode mode = ResizeMode.Stretch)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new Preprocessing { Mode = mode, Size = model.InputSize, ResizeSize = model.ResizeSize, Mean = model.Mean, StandardDeviation = model.StandardDeviation };
    }

    /// <summary>Applies it.</summary>
    /// <param name="image">[H,W,3].</param>
    /// <param name="cancellation">Looked at for every row.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ArgumentException">The size is below 1, or mean and deviation are not three numbers, the deviations not zero.</exception>
    public ModelInput Apply(RgbImage image, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        Check();
        RgbImage sized = Mode switch
        {
            ResizeMode.Stretch => BilinearResize.Apply(image, Width ?? Size, Size),
            ResizeMode.Crop => AntialiasedResize.Apply(image, Cut(image.Width, image.Height), PictureFilter.Bilinear, cancellation),
            _ => image,
        };
        return new ModelInput(sized, Normalise(sized));
    }

    /// <summary>Backwards: the picture that a normalised input was made of, for a tensor that came without one.</summary>
    /// <param name="values">[3,H,W]; kept, not copied. NaN becomes black, what lies outside of the range of pixels is clamped.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <exception cref="ArgumentException">There are not 3·H·W values, or mean and deviation are not three numbers, the deviations not zero.</exception>
    public ModelInput Invert(float[] values, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(values);
        Check();
        if (height < 1 || width < 1 || values.LongLength != 3L * height * width)
        {
            throw new ArgumentException($"An input [3,{height},{width}] has {3L * height * width} values, got {values.LongLength}.", nameof(values));
        }

        byte[] pixels = new byte[values.Length];
        int count = height * width;
        for (int c = 0; c < 3; c++)
        {
            ReadOnlySpan<float> plane = values.AsSpan(c * count, count);
            for (int i = 0; i < count; i++)
            {
                float value = ((plane[i] * StandardDeviation[c]) + Mean[c]) * 255;
                pixels[(i * 3) + c] = (byte)(float.IsNaN(value) ? 0 : Math.Clamp(MathF.Round(value), 0, 255));
            }
        }

        return new ModelInput(new RgbImage(width, height, pixels), values);
    }

    /// <summary>The part of the scaled picture that <see cref="ResizeMode.Crop"/> keeps.</summary>
    private PictureCut Cut(int width, int height)
    {
        // The longer side may become larger than memory: of it, too, only the middle is computed.
        int shorter = Math.Min(width, height);
        (long scaledWidth, long scaledHeight) = ((long)width * CropSide / shorter, (long)height * CropSide / shorter);
        return new PictureCut(scaledWidth, scaledHeight, Middle(scaledWidth), Middle(scaledHeight), Size, Size);
    }

    // Half a pixel goes to the even side, as torchvision rounds.
    private long Middle(long scaled) => (long)Math.Round((scaled - Size) / 2.0);

    private float[] Normalise(RgbImage image)
    {
        int count = image.Width * image.Height;
        var values = new float[3 * (long)count];
        Span<float> table = stackalloc float[256];
        for (int c = 0; c < 3; c++)
        {
            // 256 possible values a channel.
            for (int v = 0; v < 256; v++)
            {
                table[v] = ((v / 255f) - Mean[c]) / StandardDeviation[c];
            }

            Span<float> plane = values.AsSpan(c * count, count);
            for (int i = 0; i < plane.Length; i++)
            {
                plane[i] = table[image.Pixels[(i * 3) + c]];
            }
        }

        return values;
    }

    private void Check()
    {
        if (Size < 1)
        {
            throw new ArgumentException($"The input size is {Size}, expected 1 or more.");
        }

        if (Width is { } width && (width < 1 || Mode != ResizeMode.Stretch))
        {
            throw new ArgumentException($"The input's width is {width} with {Mode}; expected 1 or more, and {nameof(ResizeMode.Stretch)}.");
        }

        if (Mean.Count != 3 || StandardDeviation.Count != 3 || StandardDeviation.Any(d => d == 0 || !float.IsFinite(d)) || Mean.Any(m => !float.IsFinite(m)))
        {
            throw new ArgumentException($"Mean ({string.Join(',', Mean)}) and deviation ({string.Join(',', StandardDeviation)}) must be three finite numbers each, the deviations not zero.");
        }
    }
}

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

    /// <summary>C of the input: 3, or 1 for networks that take grey (0.299 R + 0.587 G + 0.114 B, as PIL's mode L).</summary>
    public int Channels { get; init; } = 3;

    /// <summary>Means that are subtracted from RGB in [0,1]; one of each channel.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0.485f, 0.456f, 0.406f];

    /// <summary>Deviations that the differences are divided by.</summary>
    public IReadOnlyList<float> StandardDeviation { get; init; } = [0.229f, 0.224f, 0.225f];

    /// <summary>What a network of the zoo expects.</summary>
    /// <param name="model">The network.</param>
    /// <param name="mode">How the image is brought to size.</param>
    public static Preprocessing For(LoadedModel model, ResizeMode mode = ResizeMode.Stretch)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new Preprocessing { Mode = mode, Size = model.InputSize, ResizeSize = model.ResizeSize, Channels = model.Mean.Count, Mean = model.Mean, StandardDeviation = model.StandardDeviation };
    }

    /// <summary>Applies it.</summary>
    /// <param name="image">[H,W,3].</param>
    /// <param name="cancellation">Looked at for every row.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ArgumentException">The size is below 1, or mean and deviation are not a number a channel, the deviations not zero.</exception>
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
        sized = Channels == 1 ? Grey.Of(sized) : sized;
        return new ModelInput(sized, Normalise(sized)) { Picture = new Picture(image), Area = Area(image.Width, image.Height) };
    }

    /// <summary>Applies it to all bits of a picture's samples.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="cancellation">Looked at for every row.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ArgumentException">As for images.</exception>
    public ModelInput Apply(Picture picture, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Deep is not { } deep)
        {
            return Apply(picture.Image, cancellation) with { Picture = picture };
        }

        Check();
        float[] table = DeepSamples.Table(picture.Minimum, picture.Maximum);
        (int width, int height) = Mode == ResizeMode.Keep ? (deep.Width, deep.Height) : (Width ?? Size, Size);
        float[] sized = Mode switch
        {
            ResizeMode.Stretch => BilinearResize.Apply(deep, table, width, height),
            ResizeMode.Crop => AntialiasedResize.Apply(deep.Values, table, deep.Width, deep.Height, deep.Channels, Cut(deep.Width, deep.Height), PictureFilter.Bilinear, cancellation),
            _ => Array.ConvertAll(deep.Values, v => table[v]),
        };
        return Normalise(sized, deep.Channels, width, height) with { Picture = picture, Area = Area(deep.Width, deep.Height) };
    }

    /// <summary>Backwards: the picture that a normalised input was made of, for a tensor that came without one.</summary>
    /// <param name="values">[C,H,W]; kept, not copied. NaN becomes black, what lies outside of the range of pixels is clamped.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <exception cref="ArgumentException">There are not C·H·W values, or mean and deviation are not a number a channel, the deviations not zero.</exception>
    public ModelInput Invert(float[] values, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(values);
        Check();
        if (height < 1 || width < 1 || values.LongLength != (long)Channels * height * width)
        {
            throw new ArgumentException($"An input [{Channels},{height},{width}] has {(long)Channels * height * width} values, got {values.LongLength}.", nameof(values));
        }

        int count = height * width;
        byte[] pixels = new byte[3L * count];
        for (int c = 0; c < 3; c++)
        {
            int channel = Math.Min(c, Channels - 1);
            ReadOnlySpan<float> plane = values.AsSpan(channel * count, count);
            for (int i = 0; i < count; i++)
            {
                float value = ((plane[i] * StandardDeviation[channel]) + Mean[channel]) * 255;
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

    // What was cut away by the crop; null where nothing was.
    private MapArea? Area(int width, int height)
    {
        if (Mode != ResizeMode.Crop)
        {
            return null;
        }

        PictureCut cut = Cut(width, height);
        (double w, double h) = (cut.ScaledWidth, cut.ScaledHeight);
        return new MapArea(cut.Left / w, cut.Top / h, cut.Width / w, cut.Height / h);
    }

    /// <param name="sized">[height,width,channels], 0..1.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="width">W.</param>
    /// <param name="height">H.</param>
    private ModelInput Normalise(float[] sized, int channels, int width, int height)
    {
        int count = width * height;
        float[] values = new float[(long)Channels * count];
        byte[] pixels = new byte[3L * count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> pixel = sized.AsSpan(i * channels, channels);
            float grey = channels == 1 ? pixel[0] : Grey.Of(pixel[0], pixel[1], pixel[2]);
            for (int c = 0; c < 3; c++)
            {
                float value = Channels == 1 || channels == 1 ? grey : pixel[c];
                pixels[(i * 3) + c] = (byte)MathF.Round(Math.Clamp(value, 0, 1) * 255);
                if (c < Channels)
                {
                    values[(c * count) + i] = (value - Mean[c]) / StandardDeviation[c];
                }
            }
        }

        return new ModelInput(new RgbImage(width, height, pixels), values);
    }

    private float[] Normalise(RgbImage image)
    {
        int count = image.Width * image.Height;
        var values = new float[Channels * (long)count];
        Span<float> table = stackalloc float[256];
        for (int c = 0; c < Channels; c++)
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

        if (Channels is not (1 or 3))
        {
            throw new ArgumentException($"The input has {Channels} channels; pictures give 1 (grey) or 3.");
        }

        if (Mean.Count != Channels || StandardDeviation.Count != Channels || StandardDeviation.Any(d => d == 0 || !float.IsFinite(d)) || Mean.Any(m => !float.IsFinite(m)))
        {
            throw new ArgumentException($"Mean ({string.Join(',', Mean)}) and deviation ({string.Join(',', StandardDeviation)}) must be {Channels} finite numbers each, one a channel, the deviations not zero.");
        }
    }
}

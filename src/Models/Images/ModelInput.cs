using CAManim.Native.Kernels.Maps;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Images;

/// <summary>What is fed to a network: the picture as 8-bit RGB, to draw over, and the same normalised.</summary>
/// <param name="Image">The picture after resizing, [H,W,3].</param>
/// <param name="Values">[C,H,W]: (pixel/255 - mean) / deviation.</param>
public sealed record ModelInput(RgbImage Image, float[] Values)
{
    /// <summary>H.</summary>
    public int Height => Image.Height;

    /// <summary>W.</summary>
    public int Width => Image.Width;

    /// <summary>C: 3, or 1 where the network takes grey.</summary>
    public int Channels => Values.Length / (Height * Width);

    /// <summary>The picture before resizing; null where the input was made of a tensor.</summary>
    public Picture? Picture { get; init; }

    /// <summary>The picture in its own aspect and size, upright: what maps are shown over. <see cref="Image"/> where there is no other.</summary>
    public RgbImage Original => Picture?.Image ?? Image;

    /// <summary>The part of <see cref="Original"/> that the network saw, where that is not all of it.</summary>
    public MapArea? Area { get; init; }

    /// <summary>A new tensor [1,C,H,W]; the caller disposes it.</summary>
    public Tensor ToTensor() => tensor(Values, [1, Channels, Height, Width]);
}

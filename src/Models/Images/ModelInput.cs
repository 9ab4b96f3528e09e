using CAManim.Native.Kernels.Maps;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Images;

/// <summary>What is fed to a network: the picture as 8-bit RGB, to draw over, and the same normalised.</summary>
/// <param name="Image">The picture after resizing, [H,W,3].</param>
/// <param name="Values">[3,H,W]: (pixel/255 - mean) / deviation.</param>
public sealed record ModelInput(RgbImage Image, float[] Values)
{
    /// <summary>H.</summary>
    public int Height => Image.Height;

    /// <summary>W.</summary>
    public int Width => Image.Width;

    /// <summary>A new tensor [1,3,H,W]; the caller disposes it.</summary>
    public Tensor ToTensor() => tensor(Values, [1, 3, Height, Width]);
}

using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Transformers;

/// <summary>Networks whose weights belong to one input size.</summary>
internal static class InputSize
{
    public static void Require(Tensor input, int size, string network)
    {
        long[] shape = input.shape;
        if (shape.Length != 4 || shape[2] != size || shape[3] != size)
        {
            throw new ArgumentException($"This {network} takes images of {size}x{size} pixels only, got [{string.Join(',', shape)}]. Resize to {size}.", nameof(input));
        }
    }
}

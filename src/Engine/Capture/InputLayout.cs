using static TorchSharp.torch;

namespace CAManim.Native.Engine.Capture;

/// <summary>Puts an input's elements in the order that a memory format names; convolutions, norms and pooling keep it.</summary>
internal static class InputLayout
{
    /// <summary>The same values [N,C,H,W].</summary>
    /// <param name="input">What was given comes back where it lies right already.</param>
    /// <param name="format">The order.</param>
    public static Tensor Arrange(Tensor input, MemoryFormat format)
    {
        if (format == MemoryFormat.Contiguous)
        {
            return input;
        }

        // TorchSharp has no memory formats; libtorch tells them by the strides.
        using Tensor turned = input.permute(0, 2, 3, 1);
        using Tensor pixels = turned.contiguous();
        return pixels.permute(0, 3, 1, 2);
    }
}

using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Methods.Components;

/// <summary>The matrix X [C,n] whose principal component is looked for.</summary>
internal static class CentredChannels
{
    /// <summary>Fills a new tensor with f(A, G), each channel less its mean over the positions; NaN counts as 0, as in pytorch-grad-cam.</summary>
    /// <param name="layer">Activation and gradient.</param>
    /// <param name="factor">What an activation is multiplied by.</param>
    /// <param name="strength">[n]: mean over the channels of |f(A, G)|, which decides the component's sign.</param>
    public static Tensor Make(in LayerTensors layer, GradientFactor factor, Span<float> strength)
    {
        int n = strength.Length;
        Tensor matrix = empty(layer.Channels, n, ScalarType.Float32);
        Span<float> values = MemoryMarshal.Cast<byte, float>(matrix.bytes);
        strength.Clear();
        float share = 1f / layer.Channels;
        for (int k = 0; k < layer.Channels; k++)
        {
            ReadOnlySpan<float> a = layer.Activation.Slice(k * n, n);
            Span<float> row = values.Slice(k * n, n);
            a.CopyTo(row);
            if (factor != GradientFactor.None)
            {
                Vectors.Multiply(row, layer.Gradient.Slice(k * n, n), factor == GradientFactor.Magnitude);
            }

            Vectors.ReplaceNaN(row);
            Vectors.AddMagnitudes(strength, row, share);
            Vectors.Subtract(row, (float)(Vectors.Sum(row) / n));
        }

        return matrix;
    }
}

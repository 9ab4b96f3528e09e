using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Methods.Components;

/// <summary>The positions of a layer projected on the first principal component of its channels.</summary>
/// <remarks>
/// For X [C,n] with centred rows the projection is X^T v, v the first left singular vector. The Gram matrix of the smaller side,
/// X X^T [C,C] or X^T X [n,n], has the same singular values squared: one matrix product and a few dozen products with a small matrix
/// in the place of a singular value decomposition.
/// </remarks>
internal static class PrincipalComponent
{
    /// <summary>Writes the projection [n] of a layer's centred channels; the sign is still open.</summary>
    /// <param name="layer">Activation and gradient.</param>
    /// <param name="factor">What an activation is multiplied by.</param>
    /// <param name="strength">[n]: mean magnitude over the channels, which may decide the sign.</param>
    /// <param name="projection">[n].</param>
    public static void Project(in LayerTensors layer, GradientFactor factor, Span<float> strength, Span<float> projection)
    {
        using DisposeScope scope = NewDisposeScope();
        Project(CentredChannels.Make(layer, factor, strength), projection);
    }

    /// <summary>Writes the projection [n]; the sign is still open.</summary>
    /// <param name="matrix">X [C,n], contiguous float32.</param>
    /// <param name="projection">[n]: NaN where X is not finite or its square overflows, 0 where X is 0.</param>
    public static void Project(Tensor matrix, Span<float> projection)
    {
        using DisposeScope scope = NewDisposeScope();
        (int channels, int n) = ((int)matrix.shape[0], (int)matrix.shape[1]);
        bool isOfChannels = channels <= n;
        Tensor transposed = matrix.t();
        Tensor gram = isOfChannels ? matrix.mm(transposed) : transposed.mm(matrix);
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(gram.bytes);
        float[] vector = new float[Math.Min(channels, n)];
        if (!double.IsFinite(Vectors.Sum(values)))
        {
            projection.Fill(float.NaN);
            return;
        }

        double eigenvalue = Lanczos.FindLargest(values, vector);
        if (!isOfChannels)
        {
            Vectors.Scale(vector, (float)Math.Sqrt(Math.Max(0, eigenvalue)));
            vector.CopyTo(projection);
            return;
        }

        ReadOnlySpan<float> x = MemoryMarshal.Cast<byte, float>(matrix.bytes);
        projection.Clear();
        for (int k = 0; k < channels; k++)
        {
            Vectors.AddScaled(projection, x.Slice(k * n, n), vector[k]);
        }
    }
}

using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Methods.Components;

/// <summary>The positions of a layer projected on the first principal component of its channels.</summary>
/// <remarks>
/// For X [C,n] with centred rows the projection is X^T v, v the first left singular vector; that is also s u, s the first singular
/// value and u the first right singular vector. Few channels: v from the Gram matrix X X^T [C,C]. Otherwise u from X^T X [n,n], which is
/// never computed. Either way a few trips over X in the place of a singular value decomposition.
/// </remarks>
internal static class PrincipalComponent
{
    // Up to here the Gram matrix, which libtorch multiplies near the processor's peak, costs less than the trips over X that it saves.
    private const int MostStored = 96;

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
        int channels = (int)matrix.shape[0];
        ReadOnlySpan<float> x = MemoryMarshal.Cast<byte, float>(matrix.bytes);
        if (channels <= Math.Min(MostStored, projection.Length))
        {
            ProjectByChannels(matrix, x, channels, projection);
        }
        else
        {
            double eigenvalue = Lanczos.FindLargest(new GramMatrix(x), projection);
            Vectors.Scale(projection, (float)Math.Sqrt(Math.Max(0, eigenvalue)));
        }
    }

    private static void ProjectByChannels(Tensor matrix, ReadOnlySpan<float> x, int channels, Span<float> projection)
    {
        Tensor gram = matrix.mm(matrix.t());
        Span<float> vector = stackalloc float[channels];
        Lanczos.FindLargest(new StoredMatrix(MemoryMarshal.Cast<byte, float>(gram.bytes)), vector);
        projection.Clear();
        for (int k = 0; k < channels; k++)
        {
            Vectors.AddScaled(projection, x.Slice(k * projection.Length, projection.Length), vector[k]);
        }
    }
}

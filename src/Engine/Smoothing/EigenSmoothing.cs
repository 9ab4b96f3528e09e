using System.Buffers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Methods.Components;

namespace CAManim.Native.Engine.Smoothing;

/// <summary>Eigen smoothing: in the place of the sum over the channels of the weighted activation its first principal component.</summary>
/// <remarks>
/// As pytorch-grad-cam's <c>eigen_smooth</c>: the summands of the map, w_k A_k or what stands in their place (G_k A_k for HiResCAM), [C,h·w],
/// each channel less its mean, projected on their first principal component. The peer's sign is that of its decomposition, which is
/// arbitrary; here it is that of the correlation with the mean magnitude of the summands, as for EigenCAM. Methods whose map is no sum
/// over channels (EigenCAM and its like) stay as they are, as in the peer.
/// </remarks>
internal static class EigenSmoothing
{
    /// <summary>Writes the smoothed map.</summary>
    /// <param name="method">Whose summands.</param>
    /// <param name="layer">One image's activation and gradient.</param>
    /// <param name="signedMap">[h·w].</param>
    /// <returns>False, and nothing written, where the method's map is no sum over channels.</returns>
    public static bool TryReduce(LayerMethod method, in LayerTensors layer, Span<float> signedMap)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(layer.Channels * signedMap.Length);
        try
        {
            Span<float> summands = rented.AsSpan(0, layer.Channels * signedMap.Length);
            if (!method.TrySplit(layer, summands))
            {
                return false;
            }

            Project(summands, layer, signedMap);
            return true;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    /// <summary>Writes the smoothed map of w_k A_k.</summary>
    /// <param name="weights">w [C].</param>
    /// <param name="layer">One image's activation; the gradient is not used.</param>
    /// <param name="signedMap">[h·w].</param>
    public static void Reduce(ReadOnlySpan<float> weights, in LayerTensors layer, Span<float> signedMap)
    {
        float[] summands = new float[layer.Channels * signedMap.Length];
        ChannelSummands.Weigh(layer.Activation, weights, summands);
        Project(summands, layer, signedMap);
    }

    private static void Project(ReadOnlySpan<float> summands, in LayerTensors layer, Span<float> signedMap)
    {
        float[] strength = new float[signedMap.Length];
        PrincipalComponent.Project(layer with { Activation = summands }, GradientFactor.None, strength, signedMap);
        ComponentSign.FollowStrength(signedMap, strength);
    }
}

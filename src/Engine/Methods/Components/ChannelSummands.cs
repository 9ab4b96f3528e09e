namespace CAManim.Native.Engine.Methods.Components;

/// <summary>What each channel adds to a map that is a sum over channels.</summary>
internal static class ChannelSummands
{
    /// <summary>For methods in which a channel's summand depends on that channel alone: the map of a layer that has no other.</summary>
    /// <param name="method">The method.</param>
    /// <param name="layer">Activation and gradient.</param>
    /// <param name="summands">[C,h·w].</param>
    public static void Split(LayerMethod method, in LayerTensors layer, Span<float> summands)
    {
        int n = layer.Height * layer.Width;
        for (int k = 0; k < layer.Channels; k++)
        {
            LayerTensors channel = layer with { Activation = layer.Activation.Slice(k * n, n), Gradient = layer.Gradient.Slice(k * n, n), Channels = 1 };
            method.Reduce(channel, summands.Slice(k * n, n));
        }
    }

    /// <summary>w_k A_k.</summary>
    /// <param name="activation">A [C,h·w].</param>
    /// <param name="weights">w [C].</param>
    /// <param name="summands">[C,h·w].</param>
    public static void Weigh(ReadOnlySpan<float> activation, ReadOnlySpan<float> weights, Span<float> summands)
    {
        int n = weights.IsEmpty ? 0 : activation.Length / weights.Length;
        activation.CopyTo(summands);
        for (int k = 0; k < weights.Length; k++)
        {
            Vectors.Scale(summands.Slice(k * n, n), weights[k]);
        }
    }
}

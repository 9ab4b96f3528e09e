using CAManim.Native.Engine.Perturbation;

namespace CAManim.Native.Engine.Methods;

/// <summary>A method that weighs a layer's channels by what the score becomes when something is changed: a forward a channel, S = sum_k w_k A_k.</summary>
internal abstract class PerturbationMethod : RerunMethod
{
    /// <summary>The weights of a layer's channels.</summary>
    /// <param name="layer">What is perturbed.</param>
    /// <param name="forwards">Runs the perturbed images.</param>
    /// <returns>w [C]; 0 for the channels that were not looked at.</returns>
    public abstract float[] Weigh(PerturbedLayer layer, BatchedForwards forwards);

    public override void Explain(PerturbedLayer layer, BatchedForwards forwards, Span<float> signedMap) => SumChannels(layer, Weigh(layer, forwards), signedMap);
}

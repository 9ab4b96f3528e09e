using System.Runtime.InteropServices;
using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Perturbation;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Methods;

/// <summary>ShapleyCAM: Cai 2025, "CAMs as Shapley Value-based Explainers" (arXiv 2501.06261): the gradient less half of the Hessian times the activation, averaged over the positions.</summary>
/// <remarks>
/// No deviation from pytorch-grad-cam. H is the second derivative of the target's score with respect to A; H A is the gradient of G·A, A
/// held fixed. Networks that are piecewise linear behind the layer (ReLU, pooling, logits) have H = 0, and the map is GradCAM's.
/// Class tokens take part in H A, and have no place in the map.
/// </remarks>
internal sealed class ShapleyCam : RerunMethod
{
    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.ShapleyCAM,
        Name = "ShapleyCAM",
        Formula = "S = sum_k mean(G_k - (H A)_k / 2) A_k, H the second derivative of the score",
        Source = "Cai 2025, CAMs as Shapley Value-based Explainers (arXiv 2501.06261)",
        NeedsGradient = true,
        ForwardsPerLayer = 7,
    };

    public override void Explain(PerturbedLayer layer, BatchedForwards forwards, Span<float> signedMap)
    {
        using IDisposable gradients = enable_grad();
        Tensor leaf = layer.Activation.detach().clone().requires_grad_(true);
        Tensor gradient = autograd.grad([LeafForward.Score(forwards, layer, leaf)], [leaf], retain_graph: true, create_graph: true)[0];
        Tensor weights = layer.Layout.Fold(gradient).mean([2, 3]);
        if (gradient.requires_grad)
        {
            Tensor product = LeafForward.Differentiate(gradient.mul(layer.Activation.detach()).sum(), leaf, layer);
            weights = weights.Minus(layer.Layout.Fold(product).mean([2, 3]).Times(0.5));
        }

        SumChannels(layer, MemoryMarshal.Cast<byte, float>(OutputShape.AsFloats(weights.detach()).bytes), signedMap);
    }
}

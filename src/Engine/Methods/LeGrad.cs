using System.Runtime.InteropServices;
using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Perturbation;
using CAManim.Native.Kernels.Maps;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Methods;

/// <summary>LeGrad: Bousselham et al. 2024, "LeGrad: An Explainability Method for Vision Transformers via Feature Formation Sensitivity" (arXiv 2404.03214), as in the authors' program.</summary>
/// <remarks>
/// <para>For every block of a transformer: the gradient of the score with respect to the block's attention, after ReLU, averaged over heads
/// and queries; what stands at each key is the map. The score is that of the block's own tokens: later blocks are passed by, and the
/// network's head gets what this block returned. The network's own frame, where it is selected, is the whole map: the sum over the blocks.</para>
/// <para>The head takes the tokens that it takes in the network, the class token in a ViT; <see cref="Compatibility.Reference"/>: their mean, as in the
/// authors' program. Its blocks before the last few are left out there; here every block has a frame.</para>
/// <para>Modules show their attention by <see cref="IAttentionMaps{TTensor}"/>. Attention inside of windows (Swin, MaxViT) is not that of an
/// image's positions to one another, and is left out.</para>
/// </remarks>
internal sealed class LeGrad : RerunMethod
{
    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.LeGrad,
        Name = "LeGrad",
        Formula = "S_j = mean over heads and queries i of relu(dy_l/dP_ij), P the attention of block l, y_l the score of its tokens; network: the sum over the blocks",
        Source = "Bousselham et al. 2024, LeGrad (arXiv 2404.03214)",
        NeedsGradient = true,
        IsForSomeLayers = true,
        ForwardsPerLayer = 2,
        Deviations = "the head gets the mean of the block's tokens; paper mode: the tokens that it takes in the network",
    };

    public override string? FindSkipReason(LayerTap tap, CamOptions options) =>
        base.FindSkipReason(tap, options)
        ?? (FindAttention(tap.Nodes, tap.Node) is not null && tap.HasTokens ? null : "LeGrad has maps of a transformer's blocks, whose attention is over the whole image");

    public override void Explain(PerturbedLayer layer, BatchedForwards forwards, Span<float> signedMap)
    {
        using IDisposable gradients = enable_grad();
        Tensor? leaf = null;
        Tensor Keep(Tensor map)
        {
            // The network may dispose what it was handed, and its scope what is made in it.
            leaf = map.detach().DetachFromDisposeScope();
            leaf.requires_grad = true;
            return leaf.alias();
        }

        List<Action> removals =
        [
            LeafForward.SetFilter(FindAttention(forwards.Nodes, layer.Node)!, Keep),
            .. forwards.Nodes
                .Where(n => n.Registration > layer.Node.Registration && FindAttention(forwards.Nodes, n) is not null)
                .Select(n => ModuleHook.RegisterBypass(n.Module)!),
        ];
        if (layer.Options.Compatibility == Compatibility.Reference)
        {
            removals.Add(ModuleHook.Register(layer.Node.Module, () => { }, tokens => tokens.mean([1], keepdim: true).expand_as(tokens))!);
        }

        Tensor score = LeafForward.Score(forwards, layer, removals);
        using Tensor attention = leaf!;
        Tensor relevance = LeafForward.Differentiate(score, attention, layer).relu().mean([1, 2]);
        Tensor folded = layer.Layout.Fold(relevance.unsqueeze(2));
        MemoryMarshal.Cast<byte, float>(OutputShape.AsFloats(folded).bytes)[..signedMap.Length].CopyTo(signedMap);
    }

    public override float[] Aggregate(IReadOnlyList<LayerMap> frames, int inputHeight, int inputWidth) => LayerMaps.Sum(frames, inputHeight, inputWidth);

    /// <summary>The attention that is a child of <paramref name="block"/>, or null.</summary>
    private static IAttentionMaps<Tensor>? FindAttention(IReadOnlyList<ModuleNode> nodes, ModuleNode block)
    {
        string prefix = block.Name.Length == 0 ? "" : block.Name + ".";
        return nodes
            .FirstOrDefault(n => n.Module is IAttentionMaps<Tensor> && n.Name.StartsWith(prefix, StringComparison.Ordinal) && !n.Name[prefix.Length..].Contains('.'))
            ?.Module as IAttentionMaps<Tensor>;
    }
}

using CAManim.Native.Models.Networks.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Transformers;

/// <summary>Halves the map: four neighbours become one with twice the channels, [N,h,w,C] to [N,h/2,w/2,2C]. Version 2 normalises after the reduction.</summary>
internal sealed class PatchMerging : Block
{
    private readonly Linear _reduction;
    private readonly LayerNorm _norm;
    private readonly bool _isVersion2;

    public PatchMerging(int channels, bool isVersion2)
        : base(isVersion2 ? "PatchMergingV2" : nameof(PatchMerging))
    {
        _isVersion2 = isVersion2;
        _reduction = Add("reduction", new Linear(4 * channels, 2 * channels, hasBias: false));
        _norm = Add("norm", new LayerNorm(isVersion2 ? 2 * channels : 4 * channels));
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor joined = Join(input);
        return _isVersion2 ? Chain(joined, _reduction, _norm) : Chain(joined, _norm, _reduction);
    }

    private static Tensor Join(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        (long h, long w) = (input.shape[1], input.shape[2]);
        Tensor even = h % 2 + (w % 2) == 0 ? input.alias() : nn.functional.pad(input, [0, 0, 0, w % 2, 0, h % 2]);
        (h, w) = (h + (h % 2), w + (w % 2));
        Tensor upper = even.slice(1, 0, h, 2);
        Tensor lower = even.slice(1, 1, h, 2);
        return cat([upper.slice(2, 0, w, 2), lower.slice(2, 0, w, 2), upper.slice(2, 1, w, 2), lower.slice(2, 1, w, 2)], -1).MoveToOuterDisposeScope();
    }
}

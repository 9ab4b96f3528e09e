using CAManim.Native.Models.Networks.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Conv2d = CAManim.Native.Models.Networks.Layers.Conv2d;
using Linear = CAManim.Native.Models.Networks.Layers.Linear;
using Sequential = CAManim.Native.Models.Networks.Layers.Sequential;

namespace CAManim.Native.Models.Networks.Transformers;

/// <summary>ViT (Dosovitskiy 2021): patches and a class token through an encoder.</summary>
internal sealed class VisionTransformer : Block
{
    private readonly int _size;

    // Named as registered: TorchSharp's conversions find and replace tensors by field name.
    private readonly Parameter class_token;
    private readonly Conv2d _projection;
    private readonly Encoder _encoder;
    private readonly Sequential _heads;

    public VisionTransformer(int size, int patch, int layers, int heads, int channels, int hidden)
        : base(nameof(VisionTransformer))
    {
        _size = size;
        class_token = AddParameter("class_token", 1, 1, channels);
        _projection = Add("conv_proj", new Conv2d(3, channels, patch, patch));
        _encoder = Add("encoder", new Encoder((size / patch * (size / patch)) + 1, layers, heads, channels, hidden));
        _heads = Add("heads", new Sequential("Sequential", [("head", (nn.Module<Tensor, Tensor>)Linear.Head(channels))]));
    }

    public override Tensor forward(Tensor input)
    {
        InputSize.Require(input, _size, "vision transformer");
        using Tensor patches = _projection.call(input);
        using Tensor tokens = Tokens(patches);
        using Tensor encoded = _encoder.call(tokens);
        using Tensor first = encoded.select(1, 0);
        return _heads.call(first);
    }

    /// <summary>The class token and behind it the patches, row by row: [N,C,h,w] to [N,1+h·w,C].</summary>
    private Tensor Tokens(Tensor patches)
    {
        using Tensor flat = patches.flatten(2);
        using Tensor rows = flat.permute(0, 2, 1);
        using Tensor token = class_token.expand(patches.shape[0], -1, -1);
        return cat([token, rows], 1);
    }
}

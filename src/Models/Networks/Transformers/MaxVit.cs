using CAManim.Native.Models.Networks.Layers;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Transformers;

/// <summary>MaxViT (Tu 2022): convolution, window attention and grid attention in every layer.</summary>
internal sealed class MaxVit : Block
{
    private const int Window = 7;

    private readonly int _size;
    private readonly Sequential _stem;
    private readonly ModuleList _blocks;
    private readonly Sequential _classifier;

    public MaxVit(int size, int stemChannels, int[] channels, int[] layers, double dropProbability)
        : base(nameof(MaxVit))
    {
        _size = size;
        _stem = Add("stem", new Sequential(
            ConvNorm.Of(3, stemChannels, 3, 2, norm: MaxVitConv.Norm, activation: Function.GELU),
            new Sequential("Conv2dNormActivation", [new Conv2d(stemChannels, stemChannels, 3, 1, 1)])));
        double last = layers.Sum() - 1;
        int index = 0;
        int side = size / 2;
        int before = stemChannels;
        var blocks = new List<ModuleListBlock>();
        for (int i = 0; i < channels.Length; i++)
        {
            side /= 2;
            var items = new List<nn.Module<Tensor, Tensor>>(layers[i]);
            for (int k = 0; k < layers[i]; k++)
            {
                items.Add(Layer(k == 0 ? before : channels[i], channels[i], k == 0 ? 2 : 1, side, dropProbability * index++ / last));
            }

            blocks.Add(new ModuleListBlock("MaxVitBlock", "layers", items));
            before = channels[i];
        }

        _blocks = Add("blocks", new ModuleList(blocks));
        _classifier = Add("classifier", new Sequential(
            Function.AdaptiveAvgPool2d(), Function.Flatten(), new LayerNorm(before), new Linear(before, before), Function.Tanh(), Linear.Head(before, hasBias: false)));
    }

    public override Tensor forward(Tensor input)
    {
        InputSize.Require(input, _size, "MaxViT");
        return Chain(input, [_stem, .. _blocks.Items, _classifier]);
    }

    private static Pipeline Layer(int channels, int next, int stride, int side, double dropProbability) => new(
        "MaxVitLayer",
        ("layers", new Sequential("Sequential", new (string, nn.Module<Tensor, Tensor>)[]
        {
            ("MBconv", new MaxVitConv(channels, next, stride, dropProbability)),
            ("window_attention", new PartitionAttention(next, Window, side, isGrid: false, dropProbability)),
            ("grid_attention", new PartitionAttention(next, Window, side, isGrid: true, dropProbability)),
        })));
}

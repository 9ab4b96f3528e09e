using CAManim.Native.Kernels.Maps;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests.Networks;

/// <summary>A vision transformer of two blocks over 3x3 patches and a class token; its head takes the class token.</summary>
internal sealed class TinyTransformer : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d patches = nn.Conv2d(3, Block.Channels, 3, stride: 3);
    private readonly Parameter token = new(randn(1, 1, Block.Channels));
    private readonly Block block0 = new();
    private readonly Block block1 = new();
    private readonly LayerNorm norm = nn.LayerNorm(Block.Channels);
    private readonly Linear head = nn.Linear(Block.Channels, 4);

    public TinyTransformer()
        : base(nameof(TinyTransformer)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        Tensor x = patches.call(input).flatten(2).transpose(1, 2);
        x = cat([token.expand(x.shape[0], -1, -1), x], 1);
        x = norm.call(block1.call(block0.call(x)));
        return head.call(x.select(1, 0));
    }

    /// <summary>Attention that is added, then a perceptron that is added.</summary>
    internal sealed class Block : nn.Module<Tensor, Tensor>
    {
        public const int Channels = 8;

        private readonly LayerNorm norm = nn.LayerNorm(Channels);
        private readonly Attention attention = new();
        private readonly Linear perceptron = nn.Linear(Channels, Channels);

        public Block()
            : base(nameof(Block)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            Tensor x = input + attention.call(norm.call(input));
            return x + perceptron.call(x).tanh();
        }
    }

    /// <summary>Two heads.</summary>
    internal sealed class Attention : nn.Module<Tensor, Tensor>, IAttentionMaps<Tensor>
    {
        private const int Heads = 2;

        private readonly Linear joint = nn.Linear(Block.Channels, 3 * Block.Channels);

        public Attention()
            : base(nameof(Attention)) => RegisterComponents();

        public Func<Tensor, Tensor>? AttentionFilter { get; set; }

        public override Tensor forward(Tensor input)
        {
            long[] shape = input.shape;
            Tensor split = joint.call(input).view(shape[0], shape[1], 3, Heads, shape[2] / Heads).permute(2, 0, 3, 1, 4);
            Tensor map = (split.select(0, 0).matmul(split.select(0, 1).transpose(-2, -1)) / Math.Sqrt(shape[2] / Heads)).softmax(-1);
            map = AttentionFilter?.Invoke(map) ?? map;
            return map.matmul(split.select(0, 2)).transpose(1, 2).reshape(shape);
        }
    }
}

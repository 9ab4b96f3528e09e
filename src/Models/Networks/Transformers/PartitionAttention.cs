using CAManim.Native.Models.Networks.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Transformers;

/// <summary>Attention inside windows, or over a grid of pixels far apart, of a map [N,C,h,w] (Tu 2022).</summary>
internal sealed class PartitionAttention : Block
{
    private readonly Function _partition;
    private readonly Function _departition;
    private readonly Function _swap;
    private readonly Function _swapBack;
    private readonly Sequential _attention;
    private readonly Sequential _perceptron;
    private readonly StochasticDepth _depth;

    /// <param name="channels">C.</param>
    /// <param name="window">Side of a window, and number of rows of a grid.</param>
    /// <param name="side">h = w.</param>
    /// <param name="isGrid">Grid rather than windows.</param>
    /// <param name="dropProbability">Of the stochastic depth.</param>
    public PartitionAttention(int channels, int window, int side, bool isGrid, double dropProbability)
        : base("PartitionAttentionLayer")
    {
        int part = isGrid ? side / window : window;
        int parts = side / part;
        _partition = Add("partition_op", new Function("WindowPartition", x => Split(x, part)));
        _departition = Add("departition_op", new Function("WindowDepartition", x => Join(x, part, parts)));
        _swap = Add("partition_swap", Swap(isGrid));
        _swapBack = Add("departition_swap", Swap(isGrid));
        _attention = Add("attn_layer", new Sequential(new LayerNorm(channels), new RelativeAttention(channels, 32, window), new Dropout(0)));
        _perceptron = Add("mlp_layer", new Sequential(
            new LayerNorm(channels), new Linear(channels, 4 * channels), Function.GELU(), new Linear(4 * channels, channels), new Dropout(0)));
        _depth = Add("stochastic_dropout", new StochasticDepth(dropProbability));
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor parts = Chain(input, _partition, _swap);
        using Tensor attended = Chain(parts, _attention, _depth);
        using Tensor sum = parts.Plus(attended);
        using Tensor perceived = Chain(sum, _perceptron, _depth);
        using Tensor result = sum.Plus(perceived);
        return Chain(result, _swapBack, _departition);
    }

    private static Function Swap(bool isGrid) => isGrid ? new Function("SwapAxes", x => x.transpose(-2, -3)) : Function.Identity();

    /// <summary>[N,C,h,w] to [N, windows, p², C].</summary>
    private static Tensor Split(Tensor x, int p)
    {
        using DisposeScope scope = NewDisposeScope();
        (long n, long c, long h, long w) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        return x.reshape(n, c, h / p, p, w / p, p).permute(0, 2, 4, 3, 5, 1).reshape(n, h / p * (w / p), p * p, c).MoveToOuterDisposeScope();
    }

    /// <summary>The way back.</summary>
    private static Tensor Join(Tensor x, int p, int parts)
    {
        using DisposeScope scope = NewDisposeScope();
        (long n, long c) = (x.shape[0], x.shape[3]);
        return x.reshape(n, parts, parts, p, p, c).permute(0, 5, 1, 3, 2, 4).reshape(n, c, parts * p, parts * p).MoveToOuterDisposeScope();
    }
}

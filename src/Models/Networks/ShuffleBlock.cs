using CAManim.Native.Models.Networks.Layers;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks;

/// <summary>Half of the channels passes by (stride 1) or goes another way (stride 2), then both halves are shuffled.</summary>
internal sealed class ShuffleBlock : Block
{
    private readonly int _stride;
    private readonly Sequential _branch1;
    private readonly Sequential _branch2;

    public ShuffleBlock(int channels, int next, int stride)
        : base("InvertedResidual")
    {
        _stride = stride;
        int half = next / 2;
        _branch1 = Add("branch1", stride == 1 ? new Sequential() : new Sequential(
            new Conv2d(channels, channels, 3, stride, 1, channels, hasBias: false), new BatchNorm2d(channels),
            new Conv2d(channels, half, 1, hasBias: false), new BatchNorm2d(half), Function.ReLU()));
        _branch2 = Add("branch2", new Sequential(
            new Conv2d(stride == 1 ? half : channels, half, 1, hasBias: false), new BatchNorm2d(half), Function.ReLU(),
            new Conv2d(half, half, 3, stride, 1, half, hasBias: false), new BatchNorm2d(half),
            new Conv2d(half, half, 1, hasBias: false), new BatchNorm2d(half), Function.ReLU()));
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor joined = _stride == 1 ? Half(input) : Whole(input);
        return Shuffle(joined);
    }

    private Tensor Half(Tensor input)
    {
        long half = input.shape[1] / 2;
        using Tensor kept = input.slice(1, 0, half, 1);
        using Tensor rest = input.slice(1, half, 2 * half, 1);
        using Tensor changed = _branch2.call(rest);
        return cat([kept, changed], 1);
    }

    private Tensor Whole(Tensor input)
    {
        using Tensor first = _branch1.call(input);
        using Tensor second = _branch2.call(input);
        return cat([first, second], 1);
    }

    /// <summary>Channels of both halves by turns.</summary>
    private static Tensor Shuffle(Tensor x)
    {
        long[] shape = x.shape;
        using Tensor grouped = x.view(shape[0], 2, shape[1] / 2, shape[2], shape[3]);
        using Tensor turned = grouped.transpose(1, 2);
        return turned.reshape(shape);
    }
}

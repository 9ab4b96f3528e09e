using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Layers;

/// <summary>Convolution, [N,C,H,W] to [N,C',h,w].</summary>
internal sealed class Conv2d : Block, IHead
{
    private readonly long[] _stride;
    private readonly long[] _padding;
    private readonly long[] _dilation;
    private readonly long _groups;

    // Named as registered: TorchSharp's conversions find and replace tensors by field name.
    private Parameter weight;
    private Parameter? bias;

    public Conv2d(int inChannels, int outChannels, Extent kernel, Extent? stride = null, Extent? padding = null, int groups = 1, bool hasBias = true, int dilation = 1)
        : base(nameof(Conv2d))
    {
        _stride = (stride ?? 1).Values;
        _padding = (padding ?? 0).Values;
        _dilation = [dilation, dilation];
        _groups = groups;
        weight = AddParameter("weight", outChannels, inChannels / groups, kernel.Rows, kernel.Columns);
        bias = hasBias ? AddParameter("bias", outChannels) : null;
    }

    public bool IsHead { get; private init; }

    public bool HasBias => bias is not null;

    /// <summary>Number of channels that go in.</summary>
    public long InChannels => weight.shape[1] * _groups;

    /// <summary>The last convolution of a classifier, 1x1: a map for each class.</summary>
    public static Conv2d Head(int inChannels, int classes = IHead.StandardClasses) => new(inChannels, classes, 1) { IsHead = true };

    public void SetClasses(int classes, bool hasBias)
    {
        weight = ReplaceParameter("weight", weight, [classes, .. weight.shape[1..]])!;
        bias = ReplaceParameter("bias", bias, hasBias ? [classes] : null);
    }

    public override Tensor forward(Tensor input) =>
        nn.functional.conv2d(input, weight, bias, _stride, _padding, _dilation, _groups);
}

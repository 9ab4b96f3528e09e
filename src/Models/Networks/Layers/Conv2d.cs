using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Layers;

/// <summary>Convolution, [N,C,H,W] to [N,C',h,w].</summary>
internal sealed class Conv2d : Block
{
    private readonly long[] _stride;
    private readonly long[] _padding;
    private readonly long[] _dilation;
    private readonly long _groups;

    // Named as registered: TorchSharp's conversions find and replace tensors by field name.
    private readonly Parameter weight;
    private readonly Parameter? bias;

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

    public override Tensor forward(Tensor input) =>
        nn.functional.conv2d(input, weight, bias, _stride, _padding, _dilation, _groups);
}

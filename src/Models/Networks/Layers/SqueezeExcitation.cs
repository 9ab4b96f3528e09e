using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Layers;

/// <summary>Scales each channel by a function of all channels' means (Hu 2018).</summary>
internal sealed class SqueezeExcitation : Block
{
    private readonly Function _avgpool;
    private readonly Conv2d _fc1;
    private readonly Conv2d _fc2;
    private readonly Function _activation;
    private readonly Function _scaleActivation;

    public SqueezeExcitation(int channels, int squeezed, Function activation, Function scaleActivation)
        : base(nameof(SqueezeExcitation))
    {
        _avgpool = Add("avgpool", Function.AdaptiveAvgPool2d());
        _fc1 = Add("fc1", new Conv2d(channels, squeezed, 1));
        _fc2 = Add("fc2", new Conv2d(squeezed, channels, 1));
        _activation = Add("activation", activation);
        _scaleActivation = Add("scale_activation", scaleActivation);
    }

    public override Tensor forward(Tensor input)
    {
        using Tensor scale = Chain(input, _avgpool, _fc1, _activation, _fc2, _scaleActivation);
        return scale * input;
    }
}

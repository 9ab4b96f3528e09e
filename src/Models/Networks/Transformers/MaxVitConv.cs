using CAManim.Native.Models.Networks.Layers;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Transformers;

/// <summary>MaxViT's inverted residual: normalised before, with a pooled shortcut where the map is halved.</summary>
internal sealed class MaxVitConv : Block
{
    private readonly Block _shortcut;
    private readonly Block _depth;
    private readonly Sequential _layers;

    public MaxVitConv(int channels, int next, int stride, double dropProbability)
        : base("MBConv")
    {
        _shortcut = Add("proj", Shortcut(channels, next, stride));
        _depth = Add<Block>("stochastic_depth", dropProbability == 0 ? Function.Identity() : new StochasticDepth(dropProbability));
        int hidden = 4 * next;
        _layers = Add("layers", new Sequential("Sequential", new (string, nn.Module<Tensor, Tensor>)[]
        {
            ("pre_norm", Norm(channels)),
            ("conv_a", ConvNorm.Of(channels, hidden, 1, norm: Norm, activation: Function.GELU)),
            ("conv_b", ConvNorm.Of(hidden, hidden, 3, stride, hidden, Norm, Function.GELU)),
            ("squeeze_excitation", new SqueezeExcitation(hidden, next / 4, Function.SiLU(), Function.Sigmoid())),
            ("conv_c", new Conv2d(hidden, next, 1)),
        }));
    }

    /// <summary>The batch normalisation of all of MaxViT's convolutions.</summary>
    public static BatchNorm2d Norm(int channels) => new(channels, 1e-3, 0.99);

    public override Tensor forward(Tensor input)
    {
        using Tensor shortcut = _shortcut.call(input);
        using Tensor branch = Chain(input, _layers, _depth);
        return shortcut.Plus(branch);
    }

    private static Block Shortcut(int channels, int next, int stride)
    {
        if (stride == 1 && channels == next)
        {
            return Function.Identity();
        }

        var projection = new Conv2d(channels, next, 1);
        return stride == 2 ? new Sequential(Function.AvgPool2d(3, 2, 1), projection) : new Sequential(projection);
    }
}

using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Zoo;

/// <summary>A user's own network, loaded from this assembly by name.</summary>
public sealed class SampleNetwork : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> layers;

    public SampleNetwork(int channels, int classes = 4)
        : base(nameof(SampleNetwork))
    {
        layers = nn.Sequential(("conv", nn.Conv2d(3, channels, 3)), ("pool", nn.AdaptiveAvgPool2d(1)), ("flat", nn.Flatten()), ("fc", nn.Linear(channels, classes)));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => layers.call(input);
}

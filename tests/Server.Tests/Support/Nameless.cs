using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Server.Tests.Support;

/// <summary>A small network of seven classes that have no names.</summary>
public sealed class Nameless : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> layers;

    public Nameless()
        : base(nameof(Nameless))
    {
        layers = nn.Sequential(("conv", nn.Conv2d(3, 4, 3, padding: 1)), ("act", nn.ReLU()), ("pool", nn.AdaptiveAvgPool2d(1)), ("flat", nn.Flatten()), ("fc", nn.Linear(4, 7)));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => layers.call(input);

    /// <summary>As <c>--model FILE.dll:CLASS</c> gives it.</summary>
    public static LoadedModel Model() => AssemblyNetwork.Create($"{typeof(Nameless).Assembly.Location}:{typeof(Nameless).FullName}", inputSize: 32);
}

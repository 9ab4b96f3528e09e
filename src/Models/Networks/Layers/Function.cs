using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Layers;

/// <summary>A module without weights: one function under torchvision's class name.</summary>
internal sealed class Function : Block
{
    private readonly Func<Tensor, Tensor> _function;

    public Function(string className, Func<Tensor, Tensor> function)
        : base(className)
    {
        _function = function;
    }

    public static Function ReLU() => new("ReLU", x => x.relu());

    /// <summary>A new handle on the same values: who disposes the result must not take the input away.</summary>
    public static Function Identity() => new("Identity", x => x.alias());

    public static Function MaxPool2d(int kernel, int stride, int padding = 0, bool ceilMode = false) =>
        new("MaxPool2d", x => nn.functional.max_pool2d(x, [kernel, kernel], [stride, stride], [padding, padding], ceil_mode: ceilMode));

    public static Function AdaptiveAvgPool2d(int size = 1) => new("AdaptiveAvgPool2d", x => nn.functional.adaptive_avg_pool2d(x, [size, size]));

    public override Tensor forward(Tensor input) => _function(input);
}

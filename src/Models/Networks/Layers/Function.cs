using static TorchSharp.torch;

namespace CAManim.Native.Models.Networks.Layers;

/// <summary>A module without weights: one function under torchvision's class name. Never in place.</summary>
internal sealed class Function : Block
{
    private readonly Func<Tensor, Tensor> _function;

    public Function(string className, Func<Tensor, Tensor> function)
        : base(className)
    {
        _function = function;
    }

    public static Function ReLU() => new("ReLU", x => x.relu());

    public static Function ReLU6() => new("ReLU6", x => x.relu6());

    public static Function SiLU() => new("SiLU", x => x.silu());

    public static Function GELU() => new("GELU", x => x.gelu());

    public static Function Tanh() => new("Tanh", x => x.tanh());

    public static Function Sigmoid() => new("Sigmoid", x => x.sigmoid());

    public static Function Hardswish() => new("Hardswish", x => x.hardswish());

    public static Function Hardsigmoid() => new("Hardsigmoid", x => x.hardsigmoid());

    /// <summary>A new handle on the same values: who disposes the result must not take the input away.</summary>
    public static Function Identity() => new("Identity", x => x.alias());

    public static Function Flatten() => new("Flatten", x => x.flatten(1));

    public static Function Permute(params long[] order) => new("Permute", x => x.permute(order));

    /// <summary>Mean over the map: [N,C,h,w] to [N,C].</summary>
    public static Function SpatialMean() => new("Mean", x => x.mean([2, 3]));

    public static Function MaxPool2d(int kernel, int stride, int padding = 0, bool ceilMode = false) =>
        new("MaxPool2d", x => nn.functional.max_pool2d(x, [kernel, kernel], [stride, stride], [padding, padding], ceil_mode: ceilMode));

    public static Function AvgPool2d(int kernel, int stride, int padding = 0) =>
        new("AvgPool2d", x => nn.functional.avg_pool2d(x, [kernel, kernel], [stride, stride], [padding, padding]));

    public static Function AdaptiveAvgPool2d(int size = 1) => new("AdaptiveAvgPool2d", x => nn.functional.adaptive_avg_pool2d(x, [size, size]));

    public override Tensor forward(Tensor input) => _function(input);
}

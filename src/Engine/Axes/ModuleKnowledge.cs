using CAManim.Native.Engine.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Axes;

/// <summary>What modules without children are known for, by class, in PyTorch's and in ONNX's names, and by the shape of their weights.</summary>
internal static class ModuleKnowledge
{
    // Operators of ONNX on maps; PyTorch's classes end in 2d.
    private static readonly HashSet<string> Spatial =
    [
        "Conv", "ConvTranspose", "BatchNormalization", "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool", "LRN", "InstanceNormalization",
        "GroupNormalization", "DepthToSpace", "SpaceToDepth", "GroupNorm", "Upsample", "PixelShuffle", "PixelUnshuffle", "LocalResponseNorm",
    ];

    // Value by value, or vectors: these move no dimension.
    private static readonly HashSet<string> Plain =
    [
        "ReLU", "ReLU6", "LeakyReLU", "PReLU", "RReLU", "ELU", "CELU", "SELU", "GELU", "SiLU", "Mish", "Tanh", "Sigmoid", "LogSigmoid", "Softplus", "Softsign",
        "Hardswish", "Hardsigmoid", "Hardtanh", "Threshold", "Softmax", "LogSoftmax", "Identity", "Dropout", "AlphaDropout", "StochasticDepth", "Sequential",
        "Flatten", "Linear", "Mean",
        "Relu", "LeakyRelu", "PRelu", "Elu", "Celu", "Selu", "Gelu", "HardSigmoid", "HardSwish", "Clip", "Add", "Sub", "Mul", "Div", "Sum", "Concat", "Gemm", "Erf",
    ];

    /// <summary>Where a call's output has its channels.</summary>
    public static ChannelPlace Of(ModuleNode node, long[] input, long[] output)
    {
        if (!node.IsLeaf || output.Length < 3)
        {
            return ChannelPlace.Unknown;
        }

        if (IsSpatial(node.ModuleClass))
        {
            return output.Length == 4 ? ChannelPlace.First : ChannelPlace.Unknown;
        }

        long[][] weights = [.. node.Module.parameters(recurse: false).Select(p => p.shape)];
        long last = output[^1];
        bool isLast = node.ModuleClass switch
        {
            "MatMul" => weights is [[var from, var to]] && from == input[^1] && to == last,
            "Add" or "Sub" or "Mul" or "Div" => weights is [[var each]] && each == last,
            "LayerNorm" or "LayerNormalization" or "RMSNorm" => weights.All(w => w.Length == 1 && w[0] == last),
            _ when node.ModuleClass.Contains("Linear", StringComparison.Ordinal) => weights is [[var to, var from], ..] && from == input[^1] && to == last,
            _ => false,
        };
        return isLast ? ChannelPlace.Last : ChannelPlace.Unknown;
    }

    /// <summary>Whether a network of such modules alone, as convolutional ones are, leaves no question open.</summary>
    public static bool IsPlain(ModuleNode node) => !node.IsLeaf || IsSpatial(node.ModuleClass) || Plain.Contains(node.ModuleClass);

    private static bool IsSpatial(string moduleClass) => moduleClass.EndsWith("2d", StringComparison.Ordinal) || Spatial.Contains(moduleClass);
}

using CAManim.Native.Models.Onnx.Format;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>What a node's result takes of memory, beside its own elements.</summary>
internal static class MemoryUse
{
    /// <summary>Another look at the same memory, which stays as long as the look does.</summary>
    public static bool IsView(OnnxNode node) => node.Operator is "Identity" or "Dropout" or "Flatten" or "Squeeze" or "Unsqueeze" or "Transpose" or "Split" or "Slice" or "Expand" or "Reshape";

    /// <summary>Whether the result may be the input itself, as Cast to the same type is.</summary>
    public static bool MayBeView(OnnxNode node) => IsView(node) || node.Operator is "Cast" or "Clip" or "Sum" or "Max" or "Min" or "Pad" or "Gather" or "ScatterND" or "Resize" or "Upsample" || node.Operator.StartsWith("Reduce", StringComparison.Ordinal);

    /// <summary>Tensors of the result's size that are made on the way, which gradients keep.</summary>
    public static int OnTheWay(OnnxNode node) => node.Operator switch
    {
        "PRelu" => 3,
        "Elu" => 5,
        "Softplus" or "HardSigmoid" or "LRN" => 4,
        "Mish" => 6,
        "Gelu" when node.Text("approximate", "none") == "tanh" => 7,
        "Resize" or "Upsample" => 5,
        "BatchNormalization" or "InstanceNormalization" or "GroupNormalization" or "LayerNormalization" or "MaxPool" => 1,
        _ => 0,
    };
}

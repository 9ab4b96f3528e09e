using CAManim.Native.Models.Onnx.Format;

namespace CAManim.Native.Models.Onnx.Operators;

/// <summary>What can be done about operators that are not read.</summary>
internal static class UnknownOperators
{
    public static string Advice(OnnxNode node)
    {
        if (node.Operator.StartsWith("QLinear", StringComparison.Ordinal) || node.Operator.Contains("Quantize", StringComparison.Ordinal) || node.Operator.EndsWith("Integer", StringComparison.Ordinal))
        {
            return "the network is quantised and has no gradients; export the float32 network";
        }

        if (node.Domain.Length > 0)
        {
            return "it is of one runtime's own operators; export without that runtime's optimisation, in standard operators";
        }

        return node.Operator switch
        {
            "If" or "Loop" or "Scan" => "control flow is not read; export with fixed sizes (no dynamic_axes), in evaluation mode, or simplify the file (in Python: onnxsim.simplify)",
            "LSTM" or "GRU" or "RNN" => "recurrent layers have no maps to show; give a convolutional network or a vision transformer",
            "ArgMax" or "ArgMin" or "TopK" or "NonMaxSuppression" or "NonZero" => "it has no gradient; export the network up to its logits",
            "" => "the file is damaged; export it again",
            _ => "export with another operator set (in Python: opset_version=17), or simplify the file (in Python: onnxsim.simplify), so that it becomes standard layers",
        };
    }
}

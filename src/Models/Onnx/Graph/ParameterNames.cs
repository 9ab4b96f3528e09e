namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>What the weights of a layer are called: torchvision's names where it has such a layer.</summary>
internal static class ParameterNames
{
    public static string Of(string type, int input) => (type, input) switch
    {
        ("Conv" or "ConvTranspose" or "Gemm" or "MatMul" or "LayerNormalization" or "BatchNormalization" or "InstanceNormalization" or "GroupNormalization" or "PRelu", 1) => "weight",
        ("Conv" or "ConvTranspose" or "Gemm" or "LayerNormalization" or "BatchNormalization" or "InstanceNormalization" or "GroupNormalization", 2) => "bias",
        ("BatchNormalization", 3) => "running_mean",
        ("BatchNormalization", 4) => "running_var",
        _ => $"input{input}",
    };
}

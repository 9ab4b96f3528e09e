namespace CAManim.Native.Models.Onnx.Format;

/// <summary>What an ONNX file says, before anything is made of it.</summary>
/// <param name="Opset">Version of the standard operators.</param>
/// <param name="Nodes">All nodes in the file's order.</param>
/// <param name="Initializers">Constant tensors by name.</param>
/// <param name="Inputs">Inputs that are no initializers.</param>
/// <param name="Outputs">Outputs.</param>
internal sealed record OnnxModel(long Opset, IReadOnlyList<OnnxNode> Nodes, IReadOnlyDictionary<string, OnnxTensor> Initializers, IReadOnlyList<OnnxValue> Inputs, IReadOnlyList<OnnxValue> Outputs)
{
    /// <summary>Operators that the file defines itself, by domain and name.</summary>
    public IReadOnlyDictionary<(string Domain, string Name), OnnxFunction> Functions { get; init; } = new Dictionary<(string, string), OnnxFunction>();

    /// <summary>What the exporter wrote about the network.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}

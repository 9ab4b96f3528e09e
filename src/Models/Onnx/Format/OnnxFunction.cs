namespace CAManim.Native.Models.Onnx.Format;

/// <summary>An operator that the file defines of others.</summary>
/// <param name="Inputs">Names of its inputs within.</param>
/// <param name="Outputs">Names of its outputs within.</param>
/// <param name="Defaults">Attributes that a call may leave out.</param>
/// <param name="Nodes">What it consists of.</param>
internal sealed record OnnxFunction(IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyDictionary<string, OnnxAttribute> Defaults, IReadOnlyList<OnnxNode> Nodes);

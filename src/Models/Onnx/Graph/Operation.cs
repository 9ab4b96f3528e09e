using CAManim.Native.Models.Onnx.Format;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>What a node computes. It runs in a dispose scope, so what it makes on the way needs no care; it never changes its inputs.</summary>
/// <param name="inputs">The node's inputs in ONNX's order.</param>
internal delegate Tensor Operation(Arguments inputs);

/// <summary>Reads a node's attributes once and returns what it computes.</summary>
/// <param name="node">The node.</param>
/// <param name="output">Which of its outputs.</param>
internal delegate Operation OperationBuilder(OnnxNode node, int output);

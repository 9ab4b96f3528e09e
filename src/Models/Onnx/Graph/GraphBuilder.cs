using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>Makes a network of a model: unused nodes are left out, what depends on constants only is computed once, the rest becomes steps.</summary>
internal sealed class GraphBuilder
{
    /// <summary>Elements that folding may make beyond one for each byte of the file.</summary>
    private const long FoldingAllowance = 1 << 24;

    private readonly OnnxModel _model;
    private readonly Dictionary<string, GraphValue> _values = new(StringComparer.Ordinal);
    private readonly List<GraphStep> _steps = [];
    private readonly List<Tensor> _constants = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private long _foldingLeft;
    private int _slots;

    private GraphBuilder(OnnxModel model, long sizeInBytes)
    {
        _model = model;
        _foldingLeft = FoldingAllowance + sizeInBytes;
    }

    /// <summary>Makes the network.</summary>
    /// <param name="model">What the file says.</param>
    /// <param name="className">Class of the network.</param>
    /// <param name="sizeInBytes">Size of the file, by which memory is bounded.</param>
    public static OnnxNetwork Build(OnnxModel model, string className, long sizeInBytes)
    {
        var builder = new GraphBuilder(model, sizeInBytes);
        try
        {
            return builder.Build(className);
        }
        catch
        {
            foreach (Tensor constant in builder._constants)
            {
                constant.Dispose();
            }

            throw;
        }
    }

    private OnnxNetwork Build(string className)
    {
        using IDisposable noGradient = no_grad();
        if (_model.Inputs.Count != 1 || _model.Outputs.Count == 0)
        {
            string inputs = string.Join(", ", _model.Inputs.Select(i => i.Describe()));
            throw new OnnxException($"no classifier: it has {_model.Inputs.Count} inputs ({inputs}) and {_model.Outputs.Count} outputs; expected are one picture and its logits. Export it with a picture as its only input");
        }

        LogitsCut logits = LogitsCut.Find(_model.Nodes, _model.Outputs[0].Name);
        OnnxNode[] nodes = UsedNodes.Find(logits.Nodes, logits.Output);
        OperatorTable.Check(nodes);
        OnnxValue inputValue = _model.Inputs[0];
        GraphValue input = new() { Name = inputValue.Name, Kind = ValueKind.Activation, Slot = _slots++ };
        _values.Add(input.Name, input);
        foreach (OnnxNode node in nodes)
        {
            Add(node);
        }

        GraphValue output = Find(logits.Output, "the graph's output");
        if (output.Kind != ValueKind.Activation || output == input)
        {
            throw new OnnxException($"no classifier: its output '{logits.Output}' does not depend on what is computed from its input '{input.Name}'");
        }

        Release(output);
        return new OnnxNetwork(className, _steps, input, output, _constants, _slots, inputValue.Shape is [> 0 and var batch, ..] ? batch : 0) { Activation = logits.Activation };
    }

    private void Add(OnnxNode node)
    {
        GraphValue?[] inputs = [.. node.Inputs.Select(name => name.Length == 0 ? null : Find(name, node.Describe()))];
        ValueKind kind = node.Operator is "Shape" or "Size" ? ValueKind.Shape : inputs.Max(v => v?.Kind) ?? ValueKind.Constant;
        if (kind == ValueKind.Shape && inputs.All(v => v is null or { Kind: ValueKind.Constant }))
        {
            kind = ValueKind.Constant;
        }

        for (int i = 0; i < node.Outputs.Count; i++)
        {
            string name = node.Outputs[i];
            if (name.Length == 0 || (i > 0 && !OperatorTable.HasManyOutputs(node)))
            {
                continue;
            }

            Operation operation = OperatorTable.Build(node, i);
            GraphValue output;
            if (kind == ValueKind.Constant)
            {
                output = new GraphValue { Name = name, Kind = kind, Constant = Keep(Fold(node, operation, inputs)) };
            }
            else
            {
                output = new GraphValue { Name = name, Kind = kind, Slot = _slots++ };
                OnnxLayer? layer = kind == ValueKind.Activation ? new OnnxLayer(UniqueName(node, i), node, operation, inputs) : null;
                _steps.Add(new GraphStep { Node = node, Operation = operation, Inputs = inputs, Output = output, Layer = layer });
            }

            if (!_values.TryAdd(name, output))
            {
                throw new OnnxException($"damaged: '{name}' is the output of two nodes");
            }
        }
    }

    private Tensor Fold(OnnxNode node, Operation operation, GraphValue?[] inputs)
    {
        var frame = new Frame(0, 1, isWidening: false, Math.Max(0, _foldingLeft));
        Tensor result = new Arguments(node, inputs, Array.ConvertAll(inputs, v => v?.Constant), frame).Run(operation);
        _foldingLeft -= result.numel();
        return result;
    }

    private GraphValue Find(string name, string reader)
    {
        if (_values.TryGetValue(name, out GraphValue? value))
        {
            return value;
        }

        if (!_model.Initializers.TryGetValue(name, out OnnxTensor? tensor))
        {
            throw new OnnxException($"damaged: {reader} reads '{name}', which nothing before it gives");
        }

        value = new GraphValue { Name = name, Kind = ValueKind.Constant, Constant = Keep(tensor.ToTorch()) };
        _values.Add(name, value);
        return value;
    }

    private Tensor Keep(Tensor tensor)
    {
        Tensor kept = tensor.dtype == ScalarType.Float32 && tensor.numel() > 1 ? new TorchSharp.Modules.Parameter(tensor, requires_grad: false) : tensor;
        kept.DetachFromDisposeScope();
        _constants.Add(kept);
        return kept;
    }

    /// <summary>The node's name, slashes as dots; its operator and place where it has none.</summary>
    private string UniqueName(OnnxNode node, int output)
    {
        string name = node.Name.Trim('/').Replace('/', '.');
        name = name.Length == 0 ? $"{node.Operator}_{_steps.Count}" : name;
        name = output == 0 ? name : $"{name}.output{output}";
        string unique = name;
        for (int i = 1; !_names.Add(unique); i++)
        {
            unique = $"{name}_{i}";
        }

        return unique;
    }

    /// <summary>Tells each step which values it is the last to read.</summary>
    private void Release(GraphValue output)
    {
        var isRead = new HashSet<int> { output.Slot, 0 };
        for (int i = _steps.Count - 1; i >= 0; i--)
        {
            IEnumerable<int> touched = _steps[i].Inputs.Where(v => v is { Slot: >= 0 }).Select(v => v!.Slot).Append(_steps[i].Output.Slot);
            _steps[i].Releases = [.. touched.Where(isRead.Add)];
        }
    }
}

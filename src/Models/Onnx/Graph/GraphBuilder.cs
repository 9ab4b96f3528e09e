using CAManim.Native.Models.Onnx.Format;
using CAManim.Native.Models.Onnx.Operators;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>Makes a network of a model: unused nodes are left out, what depends on constants only is computed once, the rest becomes steps.</summary>
internal sealed class GraphBuilder
{
    /// <summary>Elements that folding may make beyond one for each byte of the file.</summary>
    private const long FoldingAllowance = 1 << 21;

    /// <summary>Elements that folding may read and make beyond 64 for each byte of the file.</summary>
    private const long FoldingWork = 1 << 27;

    /// <summary>Nodes of the largest networks that are known are some thousand; each takes memory and time that its few bytes in the file do not.</summary>
    private const int MostNodes = 10_000;

    private readonly OnnxModel _model;
    private readonly ExternalFiles _files;
    private readonly Dictionary<string, GraphValue> _values = new(StringComparer.Ordinal);
    private readonly List<GraphStep> _steps = [];
    private readonly List<Tensor> _constants = [];
    private readonly LayerNames _names = new();
    private long _foldingLeft;
    private long _workLeft;
    private int _slots;

    private GraphBuilder(OnnxModel model, long sizeInBytes, ExternalFiles files)
    {
        _model = model;
        _files = files;
        _foldingLeft = FoldingAllowance + sizeInBytes;
        _workLeft = FoldingWork + (64 * sizeInBytes);
    }

    /// <summary>Makes the network.</summary>
    /// <param name="model">What the file says.</param>
    /// <param name="className">Class of the network.</param>
    /// <param name="sizeInBytes">Size of the file, by which memory is bounded.</param>
    /// <param name="files">Files with values beside it.</param>
    /// <param name="input">How it wants its picture.</param>
    /// <param name="outputName">Which output is wanted, or null.</param>
    public static (OnnxNetwork Network, OutputChoice Output) Build(OnnxModel model, string className, long sizeInBytes, ExternalFiles files, PictureInput input, string? outputName)
    {
        var builder = new GraphBuilder(model, sizeInBytes, files);
        try
        {
            return builder.Build(className, input, outputName);
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

    /// <summary>A picture comes in, something comes out.</summary>
    public static PictureInput CheckEnds(OnnxModel model)
    {
        if (model.Inputs.Count != 1 || model.Outputs.Count == 0)
        {
            string inputs = string.Join(", ", model.Inputs.Take(Sizes.MostDimensions).Select(i => i.Describe()));
            throw new OnnxException($"no classifier: it has {model.Inputs.Count} inputs ({inputs}) and {model.Outputs.Count} outputs; expected are one picture and its logits. Export it with a picture as its only input");
        }

        return PictureInput.Of(model.Inputs[0]);
    }

    private (OnnxNetwork Network, OutputChoice Output) Build(string className, PictureInput picture, string? outputName)
    {
        using IDisposable noGradient = no_grad();
        IReadOnlyList<OnnxNode> all = FunctionInliner.Inline(_model, MostNodes);
        OutputChoice choice = OutputChoice.Make(_model, all, outputName);
        LogitsCut logits = LogitsCut.Find(all, choice.Output.Name);
        OnnxNode[] nodes = UsedNodes.Find(logits.Nodes, logits.Output);
        OperatorTable.Check(nodes);
        int count = nodes.Sum(n => Math.Max(1, n.Outputs.Count));
        if (count > MostNodes)
        {
            throw new OnnxException($"of {count} nodes; read are at most {MostNodes}. Simplify the file (in Python: onnxsim.simplify)");
        }

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
        return (new OnnxNetwork(className, _steps, input, output, _constants, _slots, picture) { Activation = logits.Activation != FinalActivation.None ? logits.Activation : ModelMetadata.Activation(_model.Metadata) }, choice);
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
                OnnxLayer? layer = kind == ValueKind.Activation ? new OnnxLayer(_names.Of(node, i, _steps.Count), node, operation, inputs) : null;
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
        if (node.Operator is "Conv" or "ConvTranspose" or "MaxPool" or "AveragePool" or "LRN")
        {
            throw node.Refuse("constants alone as its inputs, which are not computed. Simplify the file (in Python: onnxsim.simplify)");
        }

        var frame = new Frame(0, 1) { ElementLimit = Math.Max(0, _foldingLeft) };
        Tensor?[] tensors = Array.ConvertAll(inputs, v => v?.Constant);
        Tensor result = new Arguments(node, inputs, tensors, frame).Run(operation);
        _foldingLeft -= result.numel();
        _workLeft -= result.numel() + tensors.Sum(t => t?.numel() ?? 0);
        if (_workLeft < 0)
        {
            result.Dispose();
            throw node.Refuse("constants that take longer to compute than a file of this size may. Simplify the file (in Python: onnxsim.simplify)");
        }

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

        value = new GraphValue { Name = name, Kind = ValueKind.Constant, Constant = Keep(Values(tensor)) };
        _values.Add(name, value);
        return value;
    }

    /// <summary>What lies beside the file counts as its size.</summary>
    private Tensor Values(OnnxTensor tensor)
    {
        long before = _files.SizeInBytes;
        Tensor values = tensor.ToTorch(_files);
        _foldingLeft += _files.SizeInBytes - before;
        _workLeft += 64 * (_files.SizeInBytes - before);
        return values;
    }

    private Tensor Keep(Tensor tensor)
    {
        Tensor kept = tensor.dtype == ScalarType.Float32 && tensor.numel() > 1 ? new TorchSharp.Modules.Parameter(tensor, requires_grad: false) : tensor;
        kept.DetachFromDisposeScope();
        _constants.Add(kept);
        return kept;
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

using CAManim.Native.Models.Networks;
using CAManim.Native.Models.Onnx.Format;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>
/// A node as a module: its class is the operator, its weights are its own. Its argument is the node's first input that depends on the
/// picture; others (of Add, of Concat) come from the call that runs, so that hooks fire whatever the number of inputs.
/// </summary>
internal sealed class OnnxLayer : Block
{
    private readonly OnnxNode _node;
    private readonly Operation _operation;
    private readonly GraphValue?[] _inputs;
    private readonly string?[] _parameterNames;
    private readonly int _argument;

    public OnnxLayer(string name, OnnxNode node, Operation operation, GraphValue?[] inputs)
        : base(node.Operator)
    {
        Name = name;
        _node = node;
        _operation = operation;
        _inputs = inputs;
        _argument = Array.FindIndex(inputs, v => v?.Kind == ValueKind.Activation);
        _parameterNames = new string?[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            // Single numbers are settings, not weights.
            if (inputs[i]?.Constant is { dtype: ScalarType.Float32 } constant && constant.numel() > 1)
            {
                _parameterNames[i] = ParameterNames.Of(node.Operator, i);
                register_parameter(_parameterNames[i]!, constant as TorchSharp.Modules.Parameter ?? new TorchSharp.Modules.Parameter(constant, requires_grad: false));
            }
        }
    }

    /// <summary>Name in the network.</summary>
    public string Name { get; }

    /// <summary>Where the argument stands in a call.</summary>
    public int ArgumentSlot => _inputs[_argument]!.Slot;

    public override Tensor forward(Tensor input)
    {
        Frame frame = Frame.Current ?? OwnFrame(input);
        var tensors = new Tensor?[_inputs.Length];
        for (int i = 0; i < tensors.Length; i++)
        {
            tensors[i] = i == _argument ? input
                : _inputs[i] is not { } value ? null
                : value.Constant is null ? frame.Slots[value.Slot]
                : _parameterNames[i] is { } name ? get_parameter(name)
                : value.Constant;
        }

        return new Arguments(_node, _inputs, tensors, frame).Run(_operation);
    }

    /// <summary>For a call that does not come from the network.</summary>
    private Frame OwnFrame(Tensor input)
    {
        long batch = Math.Max(1, input.shape.FirstOrDefault(1));
        return _inputs.Count(v => v is not null && v.Constant is null) == 1
            ? new Frame(0, batch) { ElementLimit = OnnxNetwork.ElementsOfImage * batch }
            : throw _node.Refuse("several inputs and can only be called by its network");
    }
}

using CAManim.Native.Models.Onnx.Format;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>
/// Works out what a call takes on tensors that have shapes and no memory (torch's meta device). A file of some hundred bytes can ask for
/// any number of large tensors, each of them small enough.
/// </summary>
internal sealed class CallPlanner
{
    private readonly CallPlan _plan = new();
    private readonly Frame _frame;
    private readonly long[] _charges;
    private readonly Dictionary<Tensor, Tensor> _constants = [];
    private long _live;

    private CallPlanner(Frame frame) => (_frame, _charges) = (frame, new long[frame.Slots.Length]);

    /// <summary>Works it out, without computing.</summary>
    /// <param name="steps">The graph's steps.</param>
    /// <param name="frame">A frame for plans, its slots empty.</param>
    /// <param name="input">The graph's input.</param>
    /// <param name="shape">Shape of the input as the graph takes it.</param>
    /// <param name="output">The graph's output.</param>
    public static CallPlan Plan(IEnumerable<GraphStep> steps, Frame frame, GraphValue input, long[] shape, GraphValue output)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        var planner = new CallPlanner(frame);
        try
        {
            frame.Slots[input.Slot] = empty(shape, ScalarType.Float32, META);
            foreach (GraphStep step in steps)
            {
                planner.Take(step);
            }

            planner._plan.OutputShape = frame.Slots[output.Slot]!.shape;
        }
        catch (OnnxException e)
        {
            planner._plan.Fault = e;
        }

        return planner._plan;
    }

    private void Take(GraphStep step)
    {
        bool isActivation = step.Layer is not null;
        Tensor?[] tensors = Array.ConvertAll(step.Inputs, v => v is null ? null : v.Constant is { } constant ? (isActivation ? WithoutMemory(constant) : constant) : _frame.Slots[v.Slot]);
        Tensor result = new Arguments(step.Node, step.Inputs, tensors, _frame).Run(step.Operation);
        _frame.Slots[step.Output.Slot] = result;
        if (isActivation)
        {
            Charge(step, result.numel() * result.element_size());
        }

        foreach (int slot in step.Releases)
        {
            _live -= _charges[slot];
            _charges[slot] = 0;
            _frame.Slots[slot]!.Dispose();
            _frame.Slots[slot] = null;
        }
    }

    private void Charge(GraphStep step, long own)
    {
        OnnxNode node = step.Node;
        long onTheWay = own * MemoryUse.OnTheWay(node);

        // Reshape copies what is not contiguous.
        _plan.AllBytes += (MemoryUse.IsView(node) && node.Operator != "Reshape" ? 0 : own) + onTheWay;
        long basis = MemoryUse.MayBeView(node) ? step.Inputs.Max(v => v is { Slot: >= 0 } ? _charges[v.Slot] : 0) : 0;
        _charges[step.Output.Slot] = Math.Max(own, basis);
        _live += _charges[step.Output.Slot];
        _plan.LiveBytes = Math.Max(_plan.LiveBytes, _live + onTheWay);
    }

    private Tensor WithoutMemory(Tensor constant)
    {
        if (!_constants.TryGetValue(constant, out Tensor? copy))
        {
            _constants.Add(constant, copy = empty(constant.shape, constant.dtype, META));
        }

        return copy;
    }
}

using System.Collections.Concurrent;
using CAManim.Native.Kernels.Outputs;
using CAManim.Native.Models.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>A graph of ONNX as a module, [N,C,H,W] to logits [N,classes], whatever order of dimensions the file takes. Its children are the nodes through which the picture flows.</summary>
internal sealed class OnnxNetwork : Block, IActivatedNetwork
{
    /// <summary>The largest tensor for each image, 512 MiB: the stated bound against files that ask for more.</summary>
    public const long ElementsOfImage = 1L << 27;

    private readonly GraphStep[] _steps;
    private readonly OnnxLayer[] _layers;
    private readonly GraphValue _input;
    private readonly GraphValue _output;
    private readonly Tensor[] _constants;
    private readonly int _slots;
    private readonly PictureInput _picture;
    private readonly ConcurrentDictionary<string, CallPlan> _plans = new(StringComparer.Ordinal);

    public OnnxNetwork(string className, IReadOnlyList<GraphStep> steps, GraphValue input, GraphValue output, IEnumerable<Tensor> constants, int slots, PictureInput picture)
        : base(className)
    {
        _steps = [.. steps];
        _layers = [.. steps.Where(s => s.Layer is not null).Select(s => s.Layer!)];
        _input = input;
        _output = output;
        _constants = [.. constants];
        _slots = slots;
        _picture = picture;

        // TorchSharp allows no dot in a name: registered by number, listed by name.
        for (int i = 0; i < _layers.Length; i++)
        {
            Add($"node{i}", _layers[i]);
        }
    }

    /// <summary>What followed the logits in the file and was left out; else what its metadata say.</summary>
    public FinalActivation Activation { get; init; }

    ScoreActivation IActivatedNetwork.FinalActivation => Activation switch
    {
        FinalActivation.Sigmoid => ScoreActivation.Sigmoid,
        FinalActivation.Softmax or FinalActivation.LogSoftmax => ScoreActivation.Softmax,
        _ => ScoreActivation.Auto,
    };

    /// <summary>The nodes by name, in the order of computation.</summary>
    public override IEnumerable<(string name, nn.Module module)> named_children() => _layers.Select(l => (l.Name, (nn.Module)l));

    public override Tensor forward(Tensor input)
    {
        CallPlan plan = CheckedPlan(input);
        Frame frame = NewFrame(input.shape, isPlan: false);
        long batch = frame.Batch;
        frame.Slots[_input.Slot] = _picture.IsChannelsLast ? input.permute(0, 2, 3, 1) : input;
        Frame? before = frame.Enter();
        try
        {
            long made = 0;
            foreach (GraphStep step in _steps)
            {
                Tensor result = step.Run(frame);
                frame.Slots[step.Output.Slot] = result;
                if (plan.Fault is not null && step.Layer is not null)
                {
                    // Not planned to its end: counted as it comes.
                    made += result.numel() * result.element_size();
                    MemoryLimit.Check(made, input.shape, input.device_type == DeviceType.CPU);
                }

                foreach (int slot in step.Releases)
                {
                    frame.Slots[slot]!.Dispose();
                    frame.Slots[slot] = null;
                }
            }

            Tensor logits = frame.Slots[_output.Slot]!;
            frame.Slots[_output.Slot] = null;
            if (logits.dim() <= 2 || logits.shape[0] != batch || logits.shape[2..].Any(d => d != 1))
            {
                // Also [N,classes,h,w]: a score for every place is no score of the picture.
                return logits;
            }

            // [N,classes,1,1] of networks that end in a convolution.
            using (logits)
            {
                return logits.flatten(1);
            }
        }
        catch (OnnxException e) when (Advice(input.shape, plan.Fault is not null) is { } advice)
        {
            throw new OnnxException($"{e.Message.TrimEnd('.')}. {advice}", e);
        }
        finally
        {
            Frame.Leave(before);
            if (!_picture.IsChannelsLast)
            {
                frame.Slots[_input.Slot] = null;
            }

            foreach (Tensor? rest in frame.Slots)
            {
                rest?.Dispose();
            }
        }
    }

    /// <summary>What a call with inputs of this shape takes.</summary>
    public CallPlan Plan(long[] shape) => _plans.GetOrAdd(string.Join(',', shape), _ =>
    {
        // Live pictures and batches come in a few shapes; many different ones come from tests of all sizes.
        const int most = 64;
        if (_plans.Count > most)
        {
            _plans.Clear();
        }

        return CallPlanner.Plan(_steps, NewFrame(shape, isPlan: true), _input, _picture.IsChannelsLast && shape.Length == 4 ? [shape[0], shape[2], shape[3], shape[1]] : shape, _output);
    });

    /// <summary>The likely reason why a network cannot take this input; null where the input is what the file says.</summary>
    private string? Advice(long[] shape, bool isOfShape)
    {
        long batch = shape.FirstOrDefault(1);
        if (shape.Length == 4 && _picture.Side > 0 && (shape[2] != _picture.Side || shape[3] != _picture.Side))
        {
            return $"The file was exported for pictures of {_picture.Side}x{_picture.Side}, and this one is {shape[3]}x{shape[2]}: give --size {_picture.Side}, or leave --size out.";
        }

        if (_picture.Batch > 1 && batch != _picture.Batch)
        {
            return $"The file was exported for batches of {_picture.Batch}, and this one has {batch}: export it for one image, or for any number (in Python: dynamic_axes).";
        }

        return isOfShape && shape.Length == 4 && _picture.Side == 0
            ? $"The file does not say for which size of picture it is made, and this one is {shape[3]}x{shape[2]}: if its head is made for one size, give that by --size."
            : null;
    }

    private Frame NewFrame(long[] shape, bool isPlan)
    {
        long batch = Math.Max(1, shape.FirstOrDefault(1));
        return new Frame(_slots, batch) { ExportedBatch = _picture.Batch, ElementLimit = ElementsOfImage * batch, IsPlan = isPlan };
    }

    /// <summary>The call's plan, refused before anything is computed where it takes too much.</summary>
    private CallPlan CheckedPlan(Tensor input)
    {
        CallPlan plan = Plan(input.shape);
        MemoryLimit.Check(is_grad_enabled() ? plan.AllBytes : plan.LiveBytes, input.shape, input.device_type == DeviceType.CPU);
        return plan;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            foreach (Tensor constant in _constants)
            {
                constant.Dispose();
            }
        }
    }
}

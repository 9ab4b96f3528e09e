using CAManim.Native.Kernels.Outputs;
using CAManim.Native.Models.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>A graph of ONNX as a module, [N,3,H,W] to logits [N,classes]. Its children are the nodes through which the picture flows.</summary>
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
    private readonly long _exportedBatch;

    public OnnxNetwork(string className, IReadOnlyList<GraphStep> steps, GraphValue input, GraphValue output, IEnumerable<Tensor> constants, int slots, long exportedBatch)
        : base(className)
    {
        _steps = [.. steps];
        _layers = [.. steps.Where(s => s.Layer is not null).Select(s => s.Layer!)];
        _input = input;
        _output = output;
        _constants = [.. constants];
        _slots = slots;
        _exportedBatch = exportedBatch;

        // TorchSharp allows no dot in a name: registered by number, listed by name.
        for (int i = 0; i < _layers.Length; i++)
        {
            Add($"node{i}", _layers[i]);
        }
    }

    /// <summary>What followed the logits in the file and was left out.</summary>
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
        long batch = Math.Max(1, input.shape.FirstOrDefault(1));
        var frame = new Frame(_slots, batch, _exportedBatch == 1 && batch > 1, ElementsOfImage * batch);
        frame.Slots[_input.Slot] = input;
        Frame? before = frame.Enter();
        try
        {
            foreach (GraphStep step in _steps)
            {
                frame.Slots[step.Output.Slot] = step.Run(frame);
                foreach (int slot in step.Releases)
                {
                    frame.Slots[slot]!.Dispose();
                    frame.Slots[slot] = null;
                }
            }

            Tensor logits = frame.Slots[_output.Slot]!;
            frame.Slots[_output.Slot] = null;
            if (logits.dim() <= 2 || logits.shape[0] != batch)
            {
                return logits;
            }

            // [N,classes,1,1] of networks that end in a convolution.
            using (logits)
            {
                return logits.flatten(1);
            }
        }
        finally
        {
            Frame.Leave(before);
            frame.Slots[_input.Slot] = null;
            foreach (Tensor? rest in frame.Slots)
            {
                rest?.Dispose();
            }
        }
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

using CAManim.Native.Models.Onnx.Format;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>A node's output as one step of a call.</summary>
internal sealed class GraphStep
{
    public required OnnxNode Node { get; init; }

    public required Operation Operation { get; init; }

    public required GraphValue?[] Inputs { get; init; }

    public required GraphValue Output { get; init; }

    /// <summary>The layer where the picture flows through; null where only shapes do.</summary>
    public OnnxLayer? Layer { get; init; }

    /// <summary>Slots that no later step reads.</summary>
    public int[] Releases { get; set; } = [];

    public Tensor Run(Frame frame)
    {
        if (Layer is not null)
        {
            return Layer.call(frame.Slots[Layer.ArgumentSlot]!);
        }

        return new Arguments(Node, Inputs, Array.ConvertAll(Inputs, v => v is null ? null : v.Constant ?? frame.Slots[v.Slot]), frame).Run(Operation);
    }
}

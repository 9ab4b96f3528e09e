namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>What a call with inputs of one shape takes, and what it gives.</summary>
internal sealed class CallPlan
{
    /// <summary>Bytes that are alive at once where no gradients are wanted.</summary>
    public long LiveBytes { get; set; }

    /// <summary>Bytes of all activations, which gradients keep alive.</summary>
    public long AllBytes { get; set; }

    /// <summary>Shape of the output; empty where the plan goes no further.</summary>
    public long[] OutputShape { get; set; } = [];

    /// <summary>Why the plan goes no further; null where it is whole.</summary>
    public OnnxException? Fault { get; set; }
}

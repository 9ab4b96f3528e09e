namespace CAManim.Native.Models.Onnx.Format;

/// <summary>An attribute of a node; only what its type says is set.</summary>
internal sealed class OnnxAttribute
{
    private List<float>? _floats;
    private List<long>? _integers;

    /// <summary>Within a function: the attribute of the call that is meant; empty: this one.</summary>
    public string Reference { get; set; } = "";

    public float Float { get; set; }

    public long Integer { get; set; }

    public string Text { get; set; } = "";

    public OnnxTensor? Tensor { get; set; }

    public List<float> Floats => _floats ??= [];

    public List<long> Integers => _integers ??= [];
}

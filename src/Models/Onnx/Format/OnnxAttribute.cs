namespace CAManim.Native.Models.Onnx.Format;

/// <summary>An attribute of a node; only what its type says is set.</summary>
internal sealed class OnnxAttribute
{
    public float Float { get; set; }

    public long Integer { get; set; }

    public string Text { get; set; } = "";

    public OnnxTensor? Tensor { get; set; }

    public List<float> Floats { get; } = [];

    public List<long> Integers { get; } = [];
}

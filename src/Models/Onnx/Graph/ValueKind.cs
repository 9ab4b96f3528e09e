namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>What a value depends on.</summary>
internal enum ValueKind
{
    /// <summary>Nothing: known when the file is read.</summary>
    Constant,

    /// <summary>Shapes only; computed at every call, but no layer.</summary>
    Shape,

    /// <summary>The picture.</summary>
    Activation,
}

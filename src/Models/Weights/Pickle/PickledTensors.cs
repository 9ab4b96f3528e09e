namespace CAManim.Native.Models.Weights.Pickle;

/// <summary>The tensors of one dictionary of a pickle.</summary>
/// <param name="Path">Where it stands: keys joined by dots; empty: the pickle itself.</param>
/// <param name="Tensors">By key, in order.</param>
internal sealed record PickledTensors(string Path, IReadOnlyList<KeyValuePair<string, PickleTensor>> Tensors)
{
    public override string ToString() => $"'{Path}' ({Tensors.Count} tensor{(Tensors.Count == 1 ? "" : "s")})";
}

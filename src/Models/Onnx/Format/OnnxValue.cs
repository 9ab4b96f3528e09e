namespace CAManim.Native.Models.Onnx.Format;

/// <summary>An input or output of the graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its dimensions, those that are not fixed -1; null where the file does not say.</param>
/// <param name="Type">Its element type; 0 where the file does not say.</param>
internal sealed record OnnxValue(string Name, long[]? Shape, int Type)
{
    /// <summary>Whether it holds numbers that are not integers, as far as the file says.</summary>
    public bool IsFloating => Type == 0 || OnnxElement.IsFloating(Type);

    public string Describe() => Shape is null ? $"'{Name}' of unknown shape" : $"'{Name}' [{string.Join(',', Shape.Take(Graph.Sizes.MostDimensions).Select(d => d < 0 ? "?" : d.ToString()))}]";
}

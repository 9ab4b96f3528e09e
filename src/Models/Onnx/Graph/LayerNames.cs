using CAManim.Native.Models.Onnx.Format;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>Names of layers: each once, whatever the file calls its nodes.</summary>
internal sealed class LayerNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);

    /// <summary>The node's name, slashes as dots; its operator and place where it has none; a number behind where the name is taken.</summary>
    /// <param name="node">The node.</param>
    /// <param name="output">Which of its outputs.</param>
    /// <param name="place">Its place among the steps.</param>
    public string Of(OnnxNode node, int output, int place)
    {
        string name = node.Name.Trim('/').Replace('/', '.');
        name = name.Length == 0 ? $"{node.Operator}_{place}" : name;
        name = output == 0 ? name : $"{name}.output{output}";
        if (_taken.Add(name))
        {
            return name;
        }

        // Goes on where it stopped for this name: files with one name for all nodes are not looked through again and again.
        int number = _next.GetValueOrDefault(name, 1);
        string unique = $"{name}_{number}";
        for (; !_taken.Add(unique); unique = $"{name}_{number}")
        {
            number++;
        }

        _next[name] = number + 1;
        return unique;
    }
}

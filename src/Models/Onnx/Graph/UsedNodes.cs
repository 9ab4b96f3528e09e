using CAManim.Native.Models.Onnx.Format;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>The nodes that a value depends on.</summary>
internal static class UsedNodes
{
    /// <summary>Walks back from a value; the nodes stay in the file's order.</summary>
    public static OnnxNode[] Find(IReadOnlyList<OnnxNode> nodes, string output)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal) { output };
        var used = new List<OnnxNode>();
        foreach (OnnxNode node in nodes.Reverse())
        {
            if (node.Outputs.Any(o => o.Length > 0 && wanted.Contains(o)))
            {
                used.Add(node);
                wanted.UnionWith(node.Inputs);
            }
        }

        used.Reverse();
        return [.. used];
    }
}

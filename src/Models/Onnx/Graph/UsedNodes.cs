using CAManim.Native.Models.Onnx.Format;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>The nodes that the logits depend on.</summary>
internal static class UsedNodes
{
    /// <summary>Exporters end with a softmax, some with an identity beside it.</summary>
    private const int LastFunctions = 3;

    /// <summary>Walks back from the graph's first output; a softmax at the very end is left out, since logits are wanted.</summary>
    public static (OnnxNode[] Nodes, string Output) Find(OnnxModel model)
    {
        string output = model.Outputs[0].Name;
        for (int i = 0; i < LastFunctions; i++)
        {
            OnnxNode? last = model.Nodes.LastOrDefault(n => n.Outputs.Contains(output));
            if (last is not { Operator: "Softmax" or "LogSoftmax" or "Identity", Domain: "", Inputs.Count: 1 } || !model.Nodes.Any(n => n.Outputs.Contains(last.Inputs[0])))
            {
                break;
            }

            output = last.Inputs[0];
        }

        var wanted = new HashSet<string>(StringComparer.Ordinal) { output };
        var used = new List<OnnxNode>();
        foreach (OnnxNode node in model.Nodes.Reverse())
        {
            if (node.Outputs.Any(o => o.Length > 0 && wanted.Contains(o)))
            {
                used.Add(node);
                wanted.UnionWith(node.Inputs);
            }
        }

        used.Reverse();
        return ([.. used], output);
    }
}

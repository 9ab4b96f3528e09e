using CAManim.Native.Models.Onnx.Format;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>
/// Where the logits stand. A sigmoid or softmax at the very end is left out: saturated scores have no gradients. What only changes the
/// form behind it (Squeeze, Flatten, Reshape) stays and reads the logits instead.
/// </summary>
/// <param name="Nodes">All nodes, those behind the activation rewired.</param>
/// <param name="Output">Name of the logits.</param>
/// <param name="Activation">What was left out.</param>
internal sealed record LogitsCut(IReadOnlyList<OnnxNode> Nodes, string Output, FinalActivation Activation)
{
    /// <summary>Exporters put a few such nodes behind a score, not a network of them.</summary>
    private const int MostForms = 8;

    /// <summary>Finds them.</summary>
    /// <param name="nodes">The graph's nodes.</param>
    /// <param name="output">The graph's output.</param>
    public static LogitsCut Find(IReadOnlyList<OnnxNode> nodes, string output)
    {
        var givers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (string name in nodes[i].Outputs)
            {
                givers[name] = i;
            }
        }

        int behind = -1;
        string at = output;
        for (int forms = 0; forms <= MostForms && givers.TryGetValue(at, out int place); forms++)
        {
            OnnxNode node = nodes[place];
            FinalActivation activation = ActivationOf(node);
            if (activation != FinalActivation.None && givers.ContainsKey(node.Inputs[0]))
            {
                return behind < 0
                    ? new LogitsCut(nodes, node.Inputs[0], activation)
                    : new LogitsCut([.. nodes.Select((n, i) => i == behind ? n.Reading(0, node.Inputs[0]) : n)], output, activation);
            }

            if (!ChangesForm(node) || node.Outputs[0] != at)
            {
                break;
            }

            (behind, at) = (place, node.Inputs[0]);
        }

        return new LogitsCut(nodes, output, FinalActivation.None);
    }

    private static FinalActivation ActivationOf(OnnxNode node) => node switch
    {
        { Domain.Length: > 0 } or { Inputs.Count: not 1 } => FinalActivation.None,
        { Operator: "Sigmoid" } => FinalActivation.Sigmoid,

        // Over another axis it is no choice among classes.
        { Operator: "Softmax" or "LogSoftmax" } when node.Integer("axis", 1) is not (1 or -1) => FinalActivation.None,
        { Operator: "Softmax" } => FinalActivation.Softmax,
        { Operator: "LogSoftmax" } => FinalActivation.LogSoftmax,
        _ => FinalActivation.None,
    };

    private static bool ChangesForm(OnnxNode node) =>
        node is { Domain: "", Inputs.Count: > 0, Operator: "Identity" or "Dropout" or "Flatten" or "Squeeze" or "Unsqueeze" or "Reshape" }
        || (node is { Domain: "", Operator: "Cast", Inputs.Count: 1 } && OnnxElement.IsFloating((int)node.Integer("to", 0)));
}

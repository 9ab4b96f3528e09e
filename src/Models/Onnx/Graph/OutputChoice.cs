using CAManim.Native.Models.Onnx.Format;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>Which of a graph's outputs holds the logits.</summary>
/// <param name="Output">The output.</param>
/// <param name="Remark">What a user should know of the choice, a sentence; null where there was none to make.</param>
internal sealed record OutputChoice(OnnxValue Output, string? Remark)
{
    private const int MostNamed = 8;

    private static readonly string[] Telling = ["class", "prob", "score", "pred", "softmax", "sigmoid"];
    private static readonly string[] Others = ["feat", "embed", "hidden", "aux", "mask", "attention", "box"];

    /// <summary>Takes the one that was asked for, or the one that looks like logits; never another in silence.</summary>
    /// <param name="model">The model.</param>
    /// <param name="nodes">Its nodes.</param>
    /// <param name="asked">Name of an output, or null.</param>
    public static OutputChoice Make(OnnxModel model, IReadOnlyList<OnnxNode> nodes, string? asked)
    {
        if (asked is not null)
        {
            return new OutputChoice(model.Outputs.FirstOrDefault(o => o.Name == asked) ?? throw new OnnxException($"without an output '{asked}'. Its outputs are {Describe(model.Outputs)}"), null);
        }

        if (model.Outputs.Count == 1)
        {
            return new OutputChoice(model.Outputs[0], null);
        }

        (OnnxValue Output, int Points)[] possible = [.. model.Outputs.Where(MayBeLogits).Select(o => (o, Points(o, model, nodes)))];
        (OnnxValue Output, int Points)[] best = [.. possible.Where(p => p.Points == possible.Max(q => q.Points))];
        return best.Length == 1
            ? new OutputChoice(best[0].Output, $"The network has {model.Outputs.Count} outputs: {Describe(model.Outputs)}. '{best[0].Output.Name}' looks like the logits and is taken; --output-name takes another.")
            : throw new OnnxException($"with {model.Outputs.Count} outputs, {(best.Length == 0 ? "none" : "more than one")} of which looks like logits: {Describe(model.Outputs)}. Say which one holds them: --output-name {(best.Length > 0 ? best[0] : (model.Outputs[0], 0)).Item1.Name}");
    }

    /// <summary>A row of numbers for an image: [N,K], [N,K,1,1], or unknown.</summary>
    private static bool MayBeLogits(OnnxValue output) => output.IsFloating && (output.Shape is null or { Length: 1 or 2 } || (output.Shape.Length > 2 && output.Shape[2..].All(d => d == 1)));

    private static int Points(OnnxValue output, OnnxModel model, IReadOnlyList<OnnxNode> nodes)
    {
        string name = output.Name;
        bool Has(string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);
        LogitsCut cut = LogitsCut.Find(nodes, name);
        OnnxNode? last = cut.Nodes.LastOrDefault(n => n.Outputs.Contains(cut.Output));
        OnnxNode[] used = UsedNodes.Find(cut.Nodes, cut.Output);
        int points = Has("logit") ? 8 : Telling.Any(Has) ? 5 : 0;
        points -= Others.Any(Has) ? 5 : 0;
        points += cut.Activation != FinalActivation.None ? 3 : 0;
        points += last is { Operator: "Gemm" or "MatMul" or "Add" or "Conv" } ? 3 : 0;

        // What other outputs lead to comes behind them: features first, then what is made of them.
        return points + (3 * model.Outputs.Count(o => o.Name != name && used.Any(n => n.Inputs.Contains(o.Name))));
    }

    private static string Describe(IReadOnlyList<OnnxValue> outputs) =>
        string.Join(", ", outputs.Take(MostNamed).Select(o => o.Describe())) + (outputs.Count > MostNamed ? $" and {outputs.Count - MostNamed} more" : "");
}

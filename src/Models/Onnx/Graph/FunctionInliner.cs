using CAManim.Native.Models.Onnx.Format;

namespace CAManim.Native.Models.Onnx.Graph;

/// <summary>Puts the nodes of the file's own operators in the place of their calls. Their names begin with the call's.</summary>
internal sealed class FunctionInliner
{
    private const int DeepestCall = 32;

    /// <summary>Of each part of a name that is put together, since a function is called often.</summary>
    private const int LongestName = 100;

    private readonly OnnxModel _model;
    private readonly int _mostNodes;
    private readonly List<OnnxNode> _nodes = [];
    private int _calls;

    private FunctionInliner(OnnxModel model, int mostNodes) => (_model, _mostNodes) = (model, mostNodes);

    /// <summary>All nodes, none of which is a function's.</summary>
    /// <param name="model">The model.</param>
    /// <param name="mostNodes">Functions that call each other twice make any number of nodes of a small file.</param>
    public static IReadOnlyList<OnnxNode> Inline(OnnxModel model, int mostNodes)
    {
        if (model.Functions.Count == 0)
        {
            return model.Nodes;
        }

        var inliner = new FunctionInliner(model, mostNodes);
        foreach (OnnxNode node in model.Nodes)
        {
            inliner.Add(node, 0);
        }

        return inliner._nodes;
    }

    private void Add(OnnxNode node, int depth)
    {
        if (_model.Functions.TryGetValue((node.Domain, node.Operator), out OnnxFunction? function))
        {
            Call(node, function, depth);
            return;
        }

        _nodes.Add(node);
        if (_nodes.Count > _mostNodes)
        {
            throw new OnnxException($"of more than {_mostNodes} nodes with its functions in place. Export it without functions (in Python: onnx.inliner.inline_local_functions), simplified");
        }
    }

    private void Call(OnnxNode call, OnnxFunction function, int depth)
    {
        if (depth >= DeepestCall || ++_calls > _mostNodes)
        {
            throw new OnnxException($"damaged: {call.Describe()} is a function that calls itself, or too many others");
        }

        if (call.Inputs.Count > function.Inputs.Count || call.Outputs.Count > function.Outputs.Count)
        {
            throw new OnnxException($"damaged: {call.Describe()} has {call.Inputs.Count} inputs and {call.Outputs.Count} outputs; its function has {function.Inputs.Count} and {function.Outputs.Count}");
        }

        // Names within are its own, except for those of its ends.
        int number = _calls;
        Dictionary<string, string> names = new(StringComparer.Ordinal) { [""] = "" };
        for (int i = 0; i < function.Inputs.Count; i++)
        {
            names[function.Inputs[i]] = i < call.Inputs.Count ? call.Inputs[i] : "";
        }

        for (int i = 0; i < call.Outputs.Count; i++)
        {
            if (call.Outputs[i].Length > 0 && !names.TryAdd(function.Outputs[i], call.Outputs[i]))
            {
                // An input that goes straight through.
                Add(Through(call, names[function.Outputs[i]], call.Outputs[i]), depth + 1);
            }
        }

        string Name(string name) => names.TryGetValue(name, out string? known) ? known : names[name] = $"#{number}/{names.Count}";
        string prefix = Short(call.Name.Length > 0 ? call.Name : call.Operator);
        for (int i = 0; i < function.Nodes.Count; i++)
        {
            OnnxNode node = function.Nodes[i];
            string name = Short(node.Name.Length > 0 ? node.Name : $"{node.Operator}_{i}");
            Add(node.With($"{prefix}/{name}", [.. node.Inputs.Select(Name)], [.. node.Outputs.Select(Name)], Attributes(node, call, function)), depth + 1);
        }
    }

    private static string Short(string name) => name.Length <= LongestName ? name : name[^LongestName..];

    private static OnnxNode Through(OnnxNode call, string from, string to) => new()
    {
        Name = call.Name,
        Operator = "Identity",
        Domain = "",
        Inputs = [from],
        Outputs = [to],
        Attributes = new Dictionary<string, OnnxAttribute>(),
        Opset = call.Opset,
    };

    /// <summary>Attributes of the call in the place of references; without either there is none.</summary>
    private static IReadOnlyDictionary<string, OnnxAttribute> Attributes(OnnxNode node, OnnxNode call, OnnxFunction function)
    {
        if (node.Attributes.Values.All(a => a.Reference.Length == 0))
        {
            return node.Attributes;
        }

        var attributes = new Dictionary<string, OnnxAttribute>(StringComparer.Ordinal);
        foreach ((string key, OnnxAttribute attribute) in node.Attributes)
        {
            OnnxAttribute? meant = attribute.Reference.Length == 0 ? attribute
                : call.Attributes.GetValueOrDefault(attribute.Reference) ?? function.Defaults.GetValueOrDefault(attribute.Reference);
            if (meant is not null)
            {
                attributes.Add(key, meant);
            }
        }

        return attributes;
    }
}

namespace CAManim.Native.Tests;

/// <summary>Which node of an exported network gives what a module gave, by the names that PyTorch's exporter writes.</summary>
public static class NodeNames
{
    /// <summary>
    /// The last node inside of each module call, in the order of execution. A convolution whose batch normalisation was folded into it gives
    /// what the normalisation gave; its own output is nowhere in the file.
    /// </summary>
    /// <param name="calls">Calls of the original network in the order of execution: name (<c>layer1.0.relu#1</c>) and class.</param>
    /// <param name="nodes">Nodes of the exported network in the order of execution.</param>
    /// <returns>Call and node; calls without a node of their own (dropout) are left out.</returns>
    public static IEnumerable<(string Call, string Node)> Pairs(IReadOnlyList<(string Name, string Class)> calls, IReadOnlyList<string> nodes)
    {
        for (int i = 0; i < calls.Count; i++)
        {
            bool isFolded = i + 1 < calls.Count && IsConvolution(calls[i]) && IsNormalisation(calls[i + 1]) && LastNode(calls[i + 1].Name, nodes) is null;
            string source = i > 0 && IsNormalisation(calls[i]) && IsConvolution(calls[i - 1]) && LastNode(calls[i].Name, nodes) is null ? calls[i - 1].Name : calls[i].Name;
            if (!isFolded && LastNode(source, nodes) is { } node)
            {
                yield return (calls[i].Name, node);
            }
        }
    }

    /// <summary>The last node inside of a module call, or null where it has none.</summary>
    public static string? LastNode(string call, IEnumerable<string> nodes)
    {
        string scope = Scope(call);
        return nodes.LastOrDefault(n => n.StartsWith(scope, StringComparison.Ordinal));
    }

    // The exporter repeats the parent's name before a number and counts calls with an underscore: layer1.0.relu#1 is layer1.layer1.0.relu_1.
    private static string Scope(string call)
    {
        string[] parts = call.Split('#');
        List<string> scopes = [];
        foreach (string part in parts[0].Split('.'))
        {
            scopes.Add(char.IsDigit(part[0]) && scopes.Count > 0 ? $"{scopes[^1]}.{part}" : part);
        }

        return string.Join('.', scopes) + (parts.Length > 1 ? $"_{parts[1]}." : ".");
    }

    private static bool IsConvolution((string Name, string Class) call) => call.Class == "Conv2d";

    private static bool IsNormalisation((string Name, string Class) call) => call.Class == "BatchNorm2d";
}

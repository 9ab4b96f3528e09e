namespace CAManim.Native.Models.Weights.Pickle;

/// <summary>Finds the state dict in what a pickle holds.</summary>
internal static class PickledState
{
    private const int DepthLimit = 4;

    private static readonly string[] Wrappers = ["state_dict", "model_state_dict", "model", "net", "network", "weights", "params"];

    /// <summary>The tensors by key, in order, of the state dict itself or of the one inside of a checkpoint.</summary>
    /// <exception cref="PickleException">There is none.</exception>
    public static IReadOnlyList<KeyValuePair<string, PickleTensor>> Find(object? root)
    {
        object? current = root;
        for (int depth = 0; depth < DepthLimit && current is PickleDict dict; depth++)
        {
            object? inner = Wrappers.Select(w => dict.Items.LastOrDefault(i => i.Key == w).Value).FirstOrDefault(v => v is PickleDict);
            if (inner is not null)
            {
                current = inner;
                continue;
            }

            KeyValuePair<string, PickleTensor>[] tensors = [.. dict.Items.Where(i => i.Value is PickleTensor).Select(i => KeyValuePair.Create(i.Key, (PickleTensor)i.Value!))];
            return tensors.Length > 0
                ? tensors
                : throw new PickleException($"its dictionary holds no tensors, only {string.Join(", ", dict.Items.Take(8).Select(i => $"'{i.Key}'"))}; save model.state_dict()");
        }

        throw new PickleException($"it holds {Describe(current)}, not a state dict; save model.state_dict()");
    }

    private static string Describe(object? value) => value switch
    {
        null => "None",
        PickleTensor tensor => $"one tensor [{string.Join(',', tensor.Shape)}]",
        PickleOpaque opaque => $"an object of '{opaque.Name}'",
        PickleGlobal global => $"the name '{global.Name}'",
        List<object?> list => $"a list of {list.Count}",
        object?[] tuple => $"a tuple of {tuple.Length}",
        PickleDict => "dictionaries in dictionaries",
        _ => $"the value {value}",
    };
}

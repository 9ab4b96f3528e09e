namespace CAManim.Native.Models.Weights.Pickle;

/// <summary>Finds the state dict in what a pickle holds.</summary>
internal static class PickledState
{
    private const int DepthLimit = 4;
    private const int ModuleDepthLimit = 64;
    private const int ModuleLimit = 100_000;

    private static readonly string[] Wrappers = ["state_dict", "model_state_dict", "model", "net", "network", "weights", "params"];

    /// <summary>The tensors by key, in order, of the state dict itself or of the one inside of a checkpoint.</summary>
    /// <exception cref="PickleException">There is none.</exception>
    public static IReadOnlyList<KeyValuePair<string, PickleTensor>> Find(object? root)
    {
        if (root is PickleObject module)
        {
            var attributes = new List<KeyValuePair<string, PickleTensor>>();
            int modules = 0;
            Flatten(module, "", 0, attributes, ref modules);
            return attributes;
        }

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

    /// <summary>Tensors of a module and of its children, as a state dict names them.</summary>
    private static void Flatten(PickleObject module, string prefix, int depth, List<KeyValuePair<string, PickleTensor>> found, ref int modules)
    {
        // A module may stand in many places: what is walked is counted, not what is there.
        if (depth > ModuleDepthLimit || ++modules > ModuleLimit || found.Count > ModuleLimit)
        {
            throw new PickleException($"its modules are nested deeper than {ModuleDepthLimit} or are more than {ModuleLimit}");
        }

        foreach ((string name, object? value) in module.Attributes.Items)
        {
            if (value is PickleTensor tensor)
            {
                found.Add(new(prefix + name, tensor));
            }
            else if (value is PickleObject child)
            {
                Flatten(child, $"{prefix}{name}.", depth + 1, found, ref modules);
            }
        }
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

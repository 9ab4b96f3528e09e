namespace CAManim.Native.Models.Weights.Pickle;

/// <summary>Finds the state dict in what a pickle holds.</summary>
internal static class PickledState
{
    private const int DepthLimit = 4;

    /// <summary>Keys under which training programs keep the network, the likeliest first.</summary>
    private static readonly string[] Wrappers = ["state_dict", "model_state_dict", "model", "net", "network", "weights", "params"];

    /// <summary>The state dict itself, or the one inside of a checkpoint.</summary>
    /// <param name="root">What was unpickled.</param>
    /// <param name="key">Which of several is asked for: its place, or what all its keys begin with; null: the likeliest.</param>
    /// <param name="budget">What is left of the file's.</param>
    /// <returns>The tensors, and what else there would be.</returns>
    /// <exception cref="PickleException">There is none, or it is not clear which.</exception>
    public static (PickledTensors Chosen, IReadOnlyList<PickledTensors> Others) Find(object? root, string? key, PickleBudget budget)
    {
        if (root is PickleObject module)
        {
            return (PickledModules.Flatten(module, budget), []);
        }

        if (root is not PickleDict dict)
        {
            throw new PickleException($"it holds {Describe(root)}, not a state dict; save model.state_dict()", PickleFault.Content);
        }

        List<PickledTensors> states = [];
        Collect(dict, "", 0, states, budget);
        PickledTensors chosen = states.Count == 0
            ? throw new PickleException($"its dictionary holds no tensors, only {string.Join(", ", dict.Items.Take(8).Select(i => $"'{Shown.Text(i.Key)}'"))}; save model.state_dict()", PickleFault.Content)
            : key is null ? Likeliest(states) : Named(states, key);
        // Beside the network stand single numbers and what optimisers keep.
        return (chosen, [.. states.Where(s => s.Path != chosen.Path && s.Tensors.Count > chosen.Tensors.Count / 2)]);
    }

    /// <summary>Whether a place is one where weights usually stand; <c>""</c> is.</summary>
    public static bool IsUsual(string path) => path.Length == 0 || Wrappers.Contains(path);

    private static PickledTensors Named(List<PickledTensors> states, string key)
    {
        if (states.FirstOrDefault(s => s.Path == key) is { } named)
        {
            return named;
        }

        string prefix = key.TrimEnd('.') + ".";
        return states.Select(s => Under(s, key, prefix)).FirstOrDefault(s => s.Tensors.Count > 0) ?? throw new PickleException($"it has no weights under '{key}'. It holds {List(states)}", PickleFault.Content);
    }

    /// <summary>The tensors whose keys, with the place of their dictionary before them or without, begin with a prefix.</summary>
    private static PickledTensors Under(PickledTensors state, string key, string prefix)
    {
        string rest = state.Path.Length > 0 && prefix.StartsWith(state.Path + ".", StringComparison.Ordinal) ? prefix[(state.Path.Length + 1)..] : prefix;
        return new PickledTensors(key, [.. state.Tensors.Where(t => t.Key.StartsWith(rest, StringComparison.Ordinal)).Select(t => KeyValuePair.Create(t.Key[rest.Length..], t.Value))]);
    }

    private static PickledTensors Likeliest(List<PickledTensors> states)
    {
        PickledTensors most = states.MaxBy(s => s.Tensors.Count)!;
        PickledTensors? wrapped = Wrappers.Select(w => states.Where(s => IsUnder(s.Path, w)).MaxBy(s => s.Tensors.Count)).FirstOrDefault(s => s is not null);
        if (most.Path.Length == 0 && most.Tensors.Count > (wrapped?.Tensors.Count ?? 0))
        {
            return most;
        }

        return wrapped ?? (states.All(s => ReferenceEquals(s, most) || s.Tensors.Count <= most.Tensors.Count / 2)
            ? most
            : throw new PickleException($"it holds several sets of weights: {List(states)}. Say which by --weights-key, for instance --weights-key {Shown.Text(most.Path)}", PickleFault.Content));
    }

    private static bool IsUnder(string path, string wrapper) =>
        path.StartsWith(wrapper, StringComparison.Ordinal) && (path.Length == wrapper.Length || path[wrapper.Length] == '.');

    private static void Collect(PickleDict dict, string path, int depth, List<PickledTensors> states, PickleBudget budget)
    {
        List<KeyValuePair<string, PickleTensor>> tensors = [];
        int at = states.Count;
        foreach ((string name, object? value) in dict.Items)
        {
            budget.Pay(2 * PickleBudget.Reference);
            if (value is PickleTensor tensor)
            {
                tensors.Add(new(name, tensor));
            }
            else if (value is PickleDict inner && depth < DepthLimit)
            {
                budget.Pay(PickleBudget.Item + (2L * (path.Length + name.Length)));
                Collect(inner, path.Length == 0 ? name : $"{path}.{name}", depth + 1, states, budget);
            }
        }

        if (tensors.Count > 0)
        {
            states.Insert(at, new PickledTensors(path, tensors));
        }
    }

    private static string List(List<PickledTensors> states)
    {
        const int shown = 8;
        return string.Join(", ", states.Take(shown).Select(s => Shown.Text(s.Path.Length == 0 ? $"{s.Tensors.Count} tensors at its top" : s.ToString()))) + (states.Count > shown ? $", and {states.Count - shown} more" : "");
    }

    private static string Describe(object? value) => value switch
    {
        null => "None",
        PickleTensor tensor => $"one tensor [{string.Join(',', tensor.Shape)}]",
        PickleOpaque opaque => $"an object of '{opaque.Name}'",
        PickleGlobal global => $"the name '{global.Name}'",
        List<object?> list => $"a list of {list.Count}",
        object?[] tuple => $"a tuple of {tuple.Length}",
        _ => $"the value {Shown.Text($"{value}")}",
    };
}

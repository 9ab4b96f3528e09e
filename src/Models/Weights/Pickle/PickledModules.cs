namespace CAManim.Native.Models.Weights.Pickle;

/// <summary>Tensors of the modules of a TorchScript archive, as a state dict names them.</summary>
internal static class PickledModules
{
    private const int DepthLimit = 64;

    /// <exception cref="PickleException">Modules hold each other, or are nested beyond what networks are.</exception>
    public static PickledTensors Flatten(PickleObject root, PickleBudget budget)
    {
        var found = new List<KeyValuePair<string, PickleTensor>>();
        Flatten(root, "", 0, found, budget);
        return new PickledTensors("", found);
    }

    private static void Flatten(PickleObject module, string prefix, int depth, List<KeyValuePair<string, PickleTensor>> found, PickleBudget budget)
    {
        if (depth > DepthLimit)
        {
            throw new PickleException($"its modules are nested deeper than {DepthLimit}", PickleFault.Refusal);
        }

        foreach ((string name, object? value) in module.Attributes.Items)
        {
            // A module may stand in many places: what is walked is paid for, not what is there.
            budget.Pay(2 * PickleBudget.Reference);
            if (value is PickleTensor or PickleObject)
            {
                budget.Pay(PickleBudget.Item + (2L * (prefix.Length + name.Length + 1)));
            }

            if (value is PickleTensor tensor)
            {
                found.Add(new(prefix + name, tensor));
            }
            else if (value is PickleObject child)
            {
                Flatten(child, $"{prefix}{name}.", depth + 1, found, budget);
            }
        }
    }
}

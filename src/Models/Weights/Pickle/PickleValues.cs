namespace CAManim.Native.Models.Weights.Pickle;

/// <summary>A callable or class that a pickle names; it is a name only and is never resolved to code.</summary>
internal sealed record PickleGlobal(string Name);

/// <summary>An instance of an allowed class of which only the existence matters.</summary>
internal sealed record PickleOpaque(string Name);

/// <summary>A module of a TorchScript archive: its attributes by name, tensors and modules among them.</summary>
internal sealed class PickleObject
{
    public PickleDict Attributes { get; set; } = new();
}

/// <summary>A dictionary in insertion order; keys that are no text are dropped, nothing here is ever looked up by them.</summary>
internal sealed class PickleDict
{
    private List<KeyValuePair<string, object?>>? _items;

    public IReadOnlyList<KeyValuePair<string, object?>> Items => _items ?? [];

    public void Set(object? key, object? value)
    {
        if (key is string text)
        {
            (_items ??= []).Add(new(text, value));
        }
    }
}

/// <summary>A storage by key: what PyTorch calls persistent.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Key">Name of the record that holds the bytes.</param>
/// <param name="Count">Number of elements.</param>
internal sealed record PickleStorage(WeightType Type, string Key, long Count);

/// <summary>A view of a storage; checked to lie inside of it.</summary>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, long[] Shape, long[] Stride);

namespace CAManim.Native.Models.Weights.Pickle;

/// <summary>Tensors of a pickle as entries of a weight file.</summary>
internal static class PickledEntries
{
    /// <summary>Joins the tensors of a state dict with the bytes of their storages.</summary>
    /// <param name="tensors">By key.</param>
    /// <param name="budget">What is left of the file's.</param>
    /// <param name="storageOf">Finds the bytes of a storage, having checked that they are there.</param>
    public static IReadOnlyList<WeightEntry> Of(IReadOnlyList<KeyValuePair<string, PickleTensor>> tensors, PickleBudget budget, Func<PickleStorage, WeightSource> storageOf)
    {
        // Of a key that is set twice the last value counts, as in Python.
        var entries = new OrderedDictionary<string, WeightEntry>(StringComparer.Ordinal);
        foreach ((string key, PickleTensor tensor) in tensors)
        {
            budget.Pay(PickleBudget.Entry + (2 * sizeof(long) * tensor.Shape.Length));
            entries[key] = new WeightEntry(key, tensor.Storage.Type, tensor.Shape, Source(tensor, storageOf(tensor.Storage)));
        }

        return [.. entries.Values];
    }

    private static WeightSource Source(PickleTensor tensor, WeightSource storage)
    {
        int size = tensor.Storage.Type.SizeInBytes();
        if (!IsRowMajor(tensor))
        {
            return new StridedWeightSource(storage, size, tensor.Offset, tensor.Shape, tensor.Stride);
        }

        return tensor.Offset == 0 ? storage : new OffsetWeightSource(storage, tensor.Offset * size);
    }

    private static bool IsRowMajor(PickleTensor tensor)
    {
        long expected = 1;
        for (int i = tensor.Shape.Length - 1; i >= 0; i--)
        {
            if (tensor.Shape[i] > 1 && tensor.Stride[i] != expected)
            {
                return false;
            }

            expected *= Math.Max(1, tensor.Shape[i]);
        }

        return true;
    }
}

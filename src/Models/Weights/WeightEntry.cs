namespace CAManim.Native.Models.Weights;

/// <summary>One tensor of a weight file: key, element type and shape; its bytes are read on demand.</summary>
public sealed class WeightEntry
{
    private readonly WeightSource _source;

    internal WeightEntry(string key, WeightType type, long[] shape, WeightSource source)
    {
        Key = key;
        Type = type;
        Shape = shape;
        _source = source;
        Count = shape.Aggregate(1L, (product, d) => checked(product * d));
        SizeInBytes = checked(Count * type.SizeInBytes());
    }

    /// <summary>The key in the file.</summary>
    public string Key { get; }

    /// <summary>Element type in the file.</summary>
    public WeightType Type { get; }

    /// <summary>Dimensions; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Number of elements, the product of the dimensions.</summary>
    public long Count { get; }

    /// <summary>Count times the size of an element.</summary>
    public long SizeInBytes { get; }

    /// <summary>Reads all elements as float32, row-major; wider types are rounded, narrower ones exact, <c>bool</c> gives 0 and 1.</summary>
    /// <exception cref="WeightFileException">The bytes cannot be read, or there are more than an array holds.</exception>
    public float[] ReadFloats()
    {
        if (Count > Array.MaxLength)
        {
            throw new WeightFileException($"The tensor '{Key}' has {Count} elements; at most {Array.MaxLength} can be read into one array.");
        }

        var values = new float[Count];
        WeightConversion.Read(this, WeightType.Float32, System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>The same tensor under another key.</summary>
    internal WeightEntry Named(string key) => new(key, Type, [.. Shape], _source);

    /// <summary>Reads bytes as they lie in the file, row-major, little-endian.</summary>
    internal void ReadRaw(long offset, Span<byte> destination) => _source.Read(offset, destination);
}

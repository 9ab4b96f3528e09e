namespace CAManim.Native.Models.Weights;

/// <summary>A view of a storage that is not row-major; gathered element by element, by one thread.</summary>
internal sealed class StridedWeightSource(WeightSource storage, int elementSize, long offset, long[] shape, long[] stride) : WeightSource
{
    private byte[]? _bytes;

    public override void Read(long start, Span<byte> destination)
    {
        if (destination.IsEmpty)
        {
            return;
        }

        byte[] bytes = _bytes ??= Gatherable();
        long begin = start / elementSize;
        int count = destination.Length / elementSize;
        for (int i = 0; i < count; i++)
        {
            long rest = begin + i;
            long position = 0;
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                position += rest % shape[d] * stride[d];
                rest /= shape[d];
            }

            bytes.AsSpan((int)(position * elementSize), elementSize).CopyTo(destination[(i * elementSize)..]);
        }

        // Pieces are read in order: after the last one the bytes are not needed any more.
        if (begin + count == shape.Aggregate(1L, (a, b) => a * b))
        {
            _bytes = null;
        }
    }

    private byte[] Gatherable()
    {
        long first = offset;
        long last = offset;
        for (int i = 0; i < shape.Length; i++)
        {
            last += Math.Max(0, shape[i] - 1) * stride[i];
        }

        long length = (last - first + 1) * elementSize;
        if (length > Array.MaxLength)
        {
            throw new WeightFileException($"A tensor [{string.Join(',', shape)}] with strides [{string.Join(',', stride)}] spans {length} bytes, more than can be gathered. Save it contiguous.");
        }

        byte[] bytes = new byte[length];
        storage.Read(first * elementSize, bytes);
        return bytes;
    }
}

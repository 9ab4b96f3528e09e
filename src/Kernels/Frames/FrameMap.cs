namespace CAManim.Native.Kernels.Frames;

/// <summary>A map [h,w] that a frame shows, row-major.</summary>
public readonly ref struct FrameMap
{
    /// <summary>Wraps the values.</summary>
    /// <exception cref="ArgumentException">A size is below 1 or the number of values is not h·w.</exception>
    public FrameMap(ReadOnlySpan<float> values, int height, int width)
    {
        Check(values.Length, height, width);
        Values = values;
        (Height, Width) = (height, width);
    }

    /// <summary>[h,w].</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>h.</summary>
    public int Height { get; }

    /// <summary>w.</summary>
    public int Width { get; }

    internal static void Check(long length, int height, int width)
    {
        if (height < 1 || width < 1 || length != (long)height * width)
        {
            throw new ArgumentException($"A map [{height},{width}] must have at least one row and column and {(long)height * width} values, got {length}.");
        }
    }
}

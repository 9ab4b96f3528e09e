namespace CAManim.Native.Models.Networks.Layers;

/// <summary>Rows and columns of a kernel, stride or padding; one number means both.</summary>
internal readonly record struct Extent(int Rows, int Columns)
{
    public long[] Values => [Rows, Columns];

    public static implicit operator Extent(int both) => new(both, both);

    public static implicit operator Extent((int Rows, int Columns) pair) => new(pair.Rows, pair.Columns);
}

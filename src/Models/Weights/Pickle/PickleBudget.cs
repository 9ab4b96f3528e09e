namespace CAManim.Native.Models.Weights.Pickle;

/// <summary>
/// What a file may cost: every instruction, every copy and every tensor that comes of it pays the bytes that it takes, before it takes them.
/// A state dict needs about five times its pickle's size; a file that asks for more than <see cref="Factor"/> times is made to fill memory.
/// </summary>
internal sealed class PickleBudget
{
    /// <summary>A small object with its place in a list or table.</summary>
    public const int Item = 40;

    /// <summary>A reference in an array or list that may be copied once as it grows.</summary>
    public const int Reference = 16;

    /// <summary>A tensor of a file: its entry, its shape, where it lies, and its places in the tables by key.</summary>
    public const int Entry = 400;

    private const long Base = 24L << 20;
    private const int Factor = 16;

    private readonly long _size;
    private long _left;

    /// <param name="size">Bytes that the file has for its description: the pickle's.</param>
    public PickleBudget(long size)
    {
        _size = size;
        _left = Base + (Factor * size);
    }

    /// <summary>Takes from what is left.</summary>
    /// <param name="cost">Bytes.</param>
    /// <exception cref="PickleException">Nothing is left.</exception>
    public void Pay(long cost)
    {
        if ((_left -= cost) < 0)
        {
            throw new PickleException($"its {_size} bytes of description unfold to more than {(Base + (Factor * _size)) >> 20} MiB, as copies of copies do; no state dict does that", PickleFault.Refusal);
        }
    }
}

namespace CAManim.Native.Models.Weights;

/// <summary>Where the bytes of one tensor come from; read on demand, so that a file is never held as a whole.</summary>
internal abstract class WeightSource
{
    /// <summary>Fills <paramref name="destination"/> with bytes of the row-major tensor from <paramref name="offset"/> on.</summary>
    /// <exception cref="WeightFileException">The bytes cannot be read.</exception>
    public abstract void Read(long offset, Span<byte> destination);
}

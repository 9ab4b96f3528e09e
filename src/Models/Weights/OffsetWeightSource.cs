namespace CAManim.Native.Models.Weights;

/// <summary>A row-major part of a storage.</summary>
internal sealed class OffsetWeightSource(WeightSource storage, long offset) : WeightSource
{
    public override void Read(long start, Span<byte> destination) => storage.Read(offset + start, destination);
}

using CAManim.Native.Engine.Road;

namespace CAManim.Native.Engine.Tests.Road;

/// <summary>Puts one value in the place of removed pixels, so that scores can be computed by hand. Counts its calls.</summary>
internal sealed class CopyImputer(float value) : IImputer
{
    private int _calls;

    public int Calls => _calls;

    public void Impute(ReadOnlySpan<float> image, ReadOnlySpan<byte> removed, int channels, int height, int width, Span<float> result)
    {
        Interlocked.Increment(ref _calls);
        for (int i = 0; i < image.Length; i++)
        {
            result[i] = removed[i % removed.Length] != 0 ? value : image[i];
        }
    }
}

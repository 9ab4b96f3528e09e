using System.Buffers;
using CAManim.Native.Kernels.Resize;

namespace CAManim.Native.Engine.Localisation;

/// <summary>A map resized to a mask, in rented memory; dispose it to give the memory back.</summary>
internal readonly ref struct MapOverMask
{
    private readonly float[] _rented;
    private readonly int _length;

    /// <summary>Resizes a map as it is.</summary>
    public MapOverMask(ReadOnlySpan<float> map, int height, int width, int targetHeight, int targetWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(targetHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetWidth, 1);
        _length = checked(targetHeight * targetWidth);
        _rented = ArrayPool<float>.Shared.Rent(_length);
        try
        {
            BilinearResize.Resize(map, height, width, _rented.AsSpan(0, _length), targetHeight, targetWidth);
        }
        catch
        {
            ArrayPool<float>.Shared.Return(_rented);
            throw;
        }
    }

    /// <summary>[H,W].</summary>
    public ReadOnlySpan<float> Values => _rented.AsSpan(0, _length);

    /// <summary>Resizes max(map, 0); NaN stays.</summary>
    public static MapOverMask Rectified(ReadOnlySpan<float> map, int height, int width, int targetHeight, int targetWidth)
    {
        float[] positive = ArrayPool<float>.Shared.Rent(map.Length);
        try
        {
            for (int i = 0; i < map.Length; i++)
            {
                positive[i] = map[i] < 0 ? 0 : map[i];
            }

            return new MapOverMask(positive.AsSpan(0, map.Length), height, width, targetHeight, targetWidth);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(positive);
        }
    }

    /// <summary>Throws where a mask does not have the size that is given for it.</summary>
    public static void CheckMask(ReadOnlySpan<byte> mask, int maskHeight, int maskWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maskHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maskWidth, 1);
        if (mask.Length != (long)maskHeight * maskWidth)
        {
            throw new ArgumentException($"A mask of {maskHeight}x{maskWidth} is {(long)maskHeight * maskWidth} bytes; the span holds {mask.Length}. Give the mask's own height and width.", nameof(mask));
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<float>.Shared.Return(_rented);
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CAManim.Native.Models.Weights;

/// <summary>Finds NaN and infinity: numbers whose exponent is all ones.</summary>
internal static class NonFinite
{
    private const uint Exponent = 0x7F800000;

    /// <summary>Whether there is one.</summary>
    // Optimised from the first call: a file is loaded once, before tiered compilation would get to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Any(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(values);
        ReadOnlySpan<Vector<uint>> vectors = MemoryMarshal.Cast<uint, Vector<uint>>(bits);
        Vector<uint> mask = new(Exponent);
        Vector<uint> most = Vector<uint>.Zero;
        foreach (ref readonly Vector<uint> v in vectors)
        {
            most = Vector.Max(most, v & mask);
        }

        bool found = Vector.EqualsAny(most, mask);
        foreach (uint v in bits[(vectors.Length * Vector<uint>.Count)..])
        {
            found |= (v & Exponent) == Exponent;
        }

        return found;
    }

    /// <summary>The place of the first; -1: none.</summary>
    public static int IndexOf(ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }
}

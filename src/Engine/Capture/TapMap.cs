using System.Numerics;
using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Resize;

namespace CAManim.Native.Engine.Capture;

/// <summary>The map of one image at one tap.</summary>
internal sealed record TapMap(int Channels, int Height, int Width, float[] Signed, float[] Map, bool HasNonFinite)
{
    /// <summary>Smallest value at the input's size.</summary>
    public float Minimum { get; set; }

    /// <summary>Largest value at the input's size.</summary>
    public float Maximum { get; set; }

    /// <summary>Rectifies a signed map and finds the extrema of what it becomes at the input's size.</summary>
    public static TapMap Create(int channels, int height, int width, float[] signed, int inputHeight, int inputWidth)
    {
        TapMap map = Rectified(channels, height, width, signed);
        map.FindExtrema(inputHeight, inputWidth);
        return map;
    }

    /// <summary>Rectifies a signed map; its extrema are still to be found.</summary>
    public static TapMap Rectified(int channels, int height, int width, float[] signed)
    {
        float[] map = GC.AllocateUninitializedArray<float>(signed.Length);
        return new TapMap(channels, height, width, signed, map, Rectify(signed, map));
    }

    /// <summary>Finds the extrema of what the map becomes at the input's size.</summary>
    public void FindExtrema(int inputHeight, int inputWidth)
    {
        ResizedExtrema.Find(Map, Height, Width, inputHeight, inputWidth, out float minimum, out float maximum);
        (Minimum, Maximum) = (minimum, maximum);
    }

    /// <summary>map = max(signed, 0), NaN kept.</summary>
    /// <returns>Whether the signed map holds NaN or infinity.</returns>
    public static bool Rectify(ReadOnlySpan<float> signed, Span<float> map)
    {
        ReadOnlySpan<Vector<float>> wide = MemoryMarshal.Cast<float, Vector<float>>(signed);
        Span<Vector<float>> target = MemoryMarshal.Cast<float, Vector<float>>(map);
        bool isFinite = true;
        for (int i = 0; i < wide.Length; i++)
        {
            target[i] = Vector.Max(wide[i], Vector<float>.Zero);
            isFinite &= Vector.LessThanOrEqualAll(Vector.Abs(wide[i]), new Vector<float>(float.MaxValue));
        }

        for (int i = wide.Length * Vector<float>.Count; i < signed.Length; i++)
        {
            map[i] = MathF.Max(signed[i], 0);
            isFinite &= float.IsFinite(signed[i]);
        }

        return !isFinite;
    }
}

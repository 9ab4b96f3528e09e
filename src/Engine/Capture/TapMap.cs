using System.Numerics;
using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Resize;

namespace CAManim.Native.Engine.Capture;

/// <summary>The map of one image at one tap.</summary>
internal sealed record TapMap(int Channels, int Height, int Width, float[] Signed, float[] Map, float Minimum, float Maximum, bool HasNonFinite)
{
    /// <summary>Rectifies a signed map and finds the extrema of what it becomes at the input's size.</summary>
    public static TapMap Create(int channels, int height, int width, float[] signed, int inputHeight, int inputWidth)
    {
        float[] map = GC.AllocateUninitializedArray<float>(signed.Length);
        bool hasNonFinite = Rectify(signed, map);
        ResizedExtrema.Find(map, height, width, inputHeight, inputWidth, out float minimum, out float maximum);
        return new TapMap(channels, height, width, signed, map, minimum, maximum, hasNonFinite);
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

using System.Runtime.CompilerServices;

namespace CAManim.Native.Kernels.Lanes;

/// <summary>The operations of <see cref="ILanes{TSelf}"/> on one float.</summary>
internal static class Scalar
{
    /// <summary>0 where value &lt; 0, else value (NaN stays NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Relu(float value) => value < 0 ? 0 : value;
}

using System.Runtime.CompilerServices;
using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Reduction.Terms;

/// <summary>g a.</summary>
internal readonly struct ProductTerm : ITerm
{
    /// <inheritdoc/>
    public static bool ReadsActivation => true;

    /// <inheritdoc/>
    public static bool ReadsGradient => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float sum, float a, float g, float parameter) => float.FusedMultiplyAdd(g, a, sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Add<TLanes>(TLanes sum, TLanes a, TLanes g, TLanes parameter)
        where TLanes : unmanaged, ILanes<TLanes> => TLanes.FusedMultiplyAdd(g, a, sum);
}

using System.Runtime.CompilerServices;
using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Reduction.Terms;

/// <summary>g.</summary>
internal readonly struct GradientTerm : ITerm
{
    /// <inheritdoc/>
    public static bool ReadsActivation => false;

    /// <inheritdoc/>
    public static bool ReadsGradient => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float sum, float a, float g, float parameter) => sum + g;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Add<TLanes>(TLanes sum, TLanes a, TLanes g, TLanes parameter)
        where TLanes : unmanaged, ILanes<TLanes> => sum + g;
}

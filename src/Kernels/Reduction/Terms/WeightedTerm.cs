using System.Runtime.CompilerServices;
using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Reduction.Terms;

/// <summary>w a, with the channel's weight w as the parameter.</summary>
internal readonly struct WeightedTerm : ITerm
{
    /// <inheritdoc/>
    public static bool ReadsActivation => true;

    /// <inheritdoc/>
    public static bool ReadsGradient => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float sum, float a, float g, float parameter) => float.FusedMultiplyAdd(parameter, a, sum);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Add<TLanes>(TLanes sum, TLanes a, TLanes g, TLanes parameter)
        where TLanes : unmanaged, ILanes<TLanes> => TLanes.FusedMultiplyAdd(parameter, a, sum);
}

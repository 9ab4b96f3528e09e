using System.Runtime.CompilerServices;
using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Reduction.Terms;

/// <summary>relu(g) g² / (2g² + s g³ + 1e-6), 0 where g = 0, with s, the sum of the channel's activation, as the parameter.</summary>
/// <remarks>Every product is rounded by itself, as in the Python peer: the denominator cancels, and a fused one would cancel differently.</remarks>
internal readonly struct PlusPlusTerm : ITerm
{
    // pytorch-grad-cam's constant.
    private const float Epsilon = 1e-6f;

    /// <inheritdoc/>
    public static bool ReadsActivation => false;

    /// <inheritdoc/>
    public static bool ReadsGradient => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float sum, float a, float g, float parameter)
    {
        float square = g * g;
        float quotient = square / (((square + square) + (parameter * (square * g))) + Epsilon);
        return sum + (g == 0 ? 0 : Scalar.Relu(g) * quotient);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Add<TLanes>(TLanes sum, TLanes a, TLanes g, TLanes parameter)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        TLanes square = g * g;
        TLanes quotient = square / (((square + square) + (parameter * (square * g))) + TLanes.Broadcast(Epsilon));
        return sum + TLanes.WhereNotZero(g, TLanes.Relu(g) * quotient);
    }
}

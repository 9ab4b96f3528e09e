using CAManim.Native.Kernels.Lanes;

namespace CAManim.Native.Kernels.Reduction.Terms;

/// <summary>One term of a sum over pixels or channels: sum + f(a, g; parameter), the same bits in a scalar and in lanes.</summary>
internal interface ITerm
{
    /// <summary>Whether f depends on the activation a; where not, a is 0 and its memory is not read.</summary>
    static abstract bool ReadsActivation { get; }

    /// <summary>Whether f depends on the gradient g; where not, g is 0 and its memory is not read.</summary>
    static abstract bool ReadsGradient { get; }

    /// <summary>sum + f(a, g; parameter). f(0, 0; parameter) = 0, so that padded lanes change nothing.</summary>
    static abstract float Add(float sum, float a, float g, float parameter);

    /// <summary>sum + f(a, g; parameter) in every lane.</summary>
    static abstract TLanes Add<TLanes>(TLanes sum, TLanes a, TLanes g, TLanes parameter)
        where TLanes : unmanaged, ILanes<TLanes>;
}

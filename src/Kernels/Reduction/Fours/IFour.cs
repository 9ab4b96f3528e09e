namespace CAManim.Native.Kernels.Reduction.Fours;

/// <summary>Four neighbouring values of a tensor as one load brings them.</summary>
internal interface IFour
{
    /// <summary>The four as float32, exactly.</summary>
    FloatFour Widen();
}

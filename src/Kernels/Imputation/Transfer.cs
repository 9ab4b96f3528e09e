namespace CAManim.Native.Kernels.Imputation;

/// <summary>
/// Interpolation weights from a coarse grid to the next finer one; nine planes in the coarse layout, entry (Y, J) of each as named.
/// </summary>
/// <remarks>
/// Fine point (2Y, 2J) takes Centre from coarse (Y, J). (2Y, 2J+1) takes West from (Y, J) and East from (Y, J+1). (2Y+1, 2J) takes North
/// from (Y, J) and South from (Y+1, J). (2Y+1, 2J+1) takes NorthWest from (Y, J), NorthEast from (Y, J+1), SouthWest from (Y+1, J) and
/// SouthEast from (Y+1, J+1).
/// </remarks>
internal sealed unsafe class Transfer(GridLayout coarse)
{
    /// <summary>Number of planes that <see cref="Attach"/> takes.</summary>
    public const int Planes = 9;

    public GridLayout Coarse { get; } = coarse;

    public float* Centre { get; private set; }

    public float* West { get; private set; }

    public float* East { get; private set; }

    public float* North { get; private set; }

    public float* South { get; private set; }

    public float* NorthWest { get; private set; }

    public float* NorthEast { get; private set; }

    public float* SouthWest { get; private set; }

    public float* SouthEast { get; private set; }

    public float* Attach(float* memory)
    {
        Centre = Next(ref memory);
        West = Next(ref memory);
        East = Next(ref memory);
        North = Next(ref memory);
        South = Next(ref memory);
        NorthWest = Next(ref memory);
        NorthEast = Next(ref memory);
        SouthWest = Next(ref memory);
        SouthEast = Next(ref memory);
        return memory;
    }

    private float* Next(ref float* memory)
    {
        float* plane = memory + Coarse.Origin;
        memory += Coarse.Size;
        return plane;
    }
}

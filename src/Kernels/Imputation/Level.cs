namespace CAManim.Native.Kernels.Imputation;

/// <summary>
/// One coarse grid: its matrix, a symmetric nine-point stencil in five planes, and the vectors of a cycle. Pointers are to pixel (0, 0).
/// </summary>
internal sealed unsafe class Level(GridLayout layout)
{
    /// <summary>Number of planes that <see cref="Attach"/> takes.</summary>
    public const int Planes = 9;

    public GridLayout Layout { get; } = layout;

    /// <summary>The diagonal.</summary>
    public float* Centre { get; private set; }

    /// <summary>Entry to the right neighbour; likewise the three below.</summary>
    public float* East { get; private set; }

    public float* South { get; private set; }

    public float* SouthEast { get; private set; }

    public float* SouthWest { get; private set; }

    /// <summary>Inverse diagonal times <see cref="Multigrid.Relaxation"/>, 0 where there is no unknown.</summary>
    public float* Inverse { get; private set; }

    /// <summary>Right-hand side.</summary>
    public float* Right { get; private set; }

    /// <summary>The correction, before and after the last smoothing.</summary>
    public float* Before { get; private set; }

    public float* After { get; private set; }

    /// <summary>Transfer between this grid and the next coarser, in the coarser's layout; null on the last.</summary>
    public Transfer? Down { get; init; }

    public float* Attach(float* memory)
    {
        Centre = Next(ref memory);
        East = Next(ref memory);
        South = Next(ref memory);
        SouthEast = Next(ref memory);
        SouthWest = Next(ref memory);
        Inverse = Next(ref memory);
        Right = Next(ref memory);
        Before = Next(ref memory);
        After = Next(ref memory);
        return memory;
    }

    private float* Next(ref float* memory)
    {
        float* plane = memory + Layout.Origin;
        memory += Layout.Size;
        return plane;
    }
}

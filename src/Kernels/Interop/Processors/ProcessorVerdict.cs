namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>What is known of the numbers that libtorch computes here.</summary>
public enum ProcessorVerdict
{
    /// <summary>Nothing was tested.</summary>
    Untested,

    /// <summary>They are right, by the code of the rung.</summary>
    Right,

    /// <summary>They are wrong by every code that may be taken.</summary>
    Wrong,
}

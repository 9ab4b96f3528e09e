namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>How an instruction is executed.</summary>
internal enum PtxKind
{
    Compute,
    Load,
    Store,

    /// <summary>An atomic operation without (red) or with (atom) the old value as its result.</summary>
    Atomic,
    Shuffle,
    Branch,
    Barrier,
    Return,
}

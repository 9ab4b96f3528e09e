namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>Which memory an address is of.</summary>
internal enum PtxSpace
{
    None,
    Parameter,
    Global,
    Shared,
}

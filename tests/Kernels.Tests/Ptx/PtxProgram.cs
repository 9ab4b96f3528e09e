namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>A kernel, read.</summary>
/// <param name="Name">Of the entry.</param>
/// <param name="Instructions">In order.</param>
/// <param name="ParameterSizes">Bytes of each parameter; in the parameters' memory they follow each other at multiples of 8.</param>
/// <param name="SharedBytes">Of a block.</param>
/// <param name="Rows">Registers, special registers and constants.</param>
/// <param name="Constants">Values of the rows that hold one.</param>
/// <param name="Specials">Rows of the special registers by name.</param>
internal sealed record PtxProgram(
    string Name,
    PtxInstruction[] Instructions,
    int[] ParameterSizes,
    int SharedBytes,
    int Rows,
    IReadOnlyDictionary<int, ulong> Constants,
    IReadOnlyDictionary<string, int> Specials)
{
    /// <summary>Which instruction threads that parted execute first: <see cref="PtxOrder"/>.</summary>
    public int[] Ranks { get; } = PtxOrder.Rank(Instructions);
}

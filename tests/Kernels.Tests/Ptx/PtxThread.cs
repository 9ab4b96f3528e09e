namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>Who accesses memory, and when.</summary>
/// <param name="Generation">Of the launch, or for shared memory of the block; from 1.</param>
/// <param name="Block">Number of the block.</param>
/// <param name="Thread">Number in the block.</param>
/// <param name="Epoch">Barriers that the block has passed.</param>
internal readonly record struct PtxThread(int Generation, int Block, int Thread, int Epoch);

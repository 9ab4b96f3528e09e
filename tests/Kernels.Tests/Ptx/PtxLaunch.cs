namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>A launch under way.</summary>
internal sealed class PtxLaunch
{
    public required PtxProgram Program { get; init; }

    public required int Blocks { get; init; }

    /// <summary>Of a block.</summary>
    public required int Threads { get; init; }

    public required byte[] Parameters { get; init; }

    public required PtxMemory Memory { get; init; }

    public required PtxCounters Counters { get; init; }

    /// <summary>Which launch it is, for global memory.</summary>
    public required int Number { get; init; }

    /// <summary>Blocks and warps from the last to the first.</summary>
    public required bool IsReversed { get; init; }

    /// <summary>Counts blocks, for shared memory.</summary>
    public int Generation { get; set; }

    /// <summary>Warp instructions after which the launch is taken for an endless one.</summary>
    public required long MostInstructions { get; init; }

    /// <summary>Warp instructions of this launch so far.</summary>
    public long Issued { get; set; }

    public void Run()
    {
        using PtxBlock block = new(this);
        for (int i = 0; i < Blocks; i++)
        {
            block.Run(IsReversed ? Blocks - 1 - i : i);
        }
    }
}

namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>What launches of a kernel executed and moved.</summary>
internal sealed class PtxCounters
{
    public long Launches { get; set; }

    /// <summary>Instructions, once a thread.</summary>
    public long Instructions { get; set; }

    /// <summary>Instructions, once a warp however many of its threads took part: what a card issues.</summary>
    public long WarpInstructions { get; set; }

    /// <summary>Bytes that threads read of global memory.</summary>
    public long BytesLoaded { get; set; }

    /// <summary>Bytes that threads wrote to global memory.</summary>
    public long BytesStored { get; set; }

    /// <summary>Pieces of 32 bytes that the accesses of warps touched: what the memory moves where no cache helps.</summary>
    public long Sectors { get; set; }

    public long Barriers { get; set; }
}

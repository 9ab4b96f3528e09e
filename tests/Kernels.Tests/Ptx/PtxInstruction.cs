namespace CAManim.Native.Kernels.Tests.Ptx;

/// <summary>An instruction whose operands are rows of a warp's registers; constants and special registers are rows too.</summary>
internal sealed record PtxInstruction
{
    public required PtxKind Kind { get; init; }

    /// <summary>The line as it is written.</summary>
    public required string Text { get; init; }

    /// <summary>From 1.</summary>
    public required int Line { get; init; }

    /// <summary>Opcode with its modifiers, such as <c>add.f32</c>.</summary>
    public required string Opcode { get; init; }

    /// <summary>Row of the predicate, or -1.</summary>
    public int Guard { get; init; } = -1;

    public bool GuardIsNegated { get; init; }

    /// <summary>Rows that are written.</summary>
    public int[] Targets { get; init; } = [];

    /// <summary>Rows that are read; of a memory access the address first.</summary>
    public int[] Sources { get; init; } = [];

    /// <summary>One lane's result of its sources.</summary>
    public Func<ulong, ulong, ulong, ulong>? Compute { get; init; }

    public PtxSpace Space { get; init; }

    /// <summary>Of an element that is loaded or stored.</summary>
    public int SizeInBytes { get; init; }

    /// <summary>Added to the address.</summary>
    public long Offset { get; init; }

    /// <summary>Where a branch goes: number of the instruction.</summary>
    public int Jump { get; set; } = -1;

    /// <summary>bra.uni: the program promises that all threads go the same way.</summary>
    public bool IsUniform { get; init; }
}

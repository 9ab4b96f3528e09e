namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>The code that libtorch takes on this processor, why, and whether what it computes is right.</summary>
public sealed record ProcessorReport
{
    /// <summary>The processor, in words: maker, family, model, stepping, what it runs under.</summary>
    public string Processor { get; init; } = "";

    /// <summary>The code that is taken.</summary>
    public ProcessorRung Rung { get; init; }

    /// <summary>What was found, set and done, in words.</summary>
    public string Note { get; init; } = "";

    /// <summary>Whether the numbers are right.</summary>
    public ProcessorVerdict Verdict { get; init; }

    /// <summary>Why nothing is known, where <see cref="Verdict"/> is <see cref="ProcessorVerdict.Untested"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>The rungs that were tested, the one that is taken last; empty where nothing was.</summary>
    public IReadOnlyList<ProcessorTrial> Trials { get; init; } = [];

    /// <summary>False where bfloat16 was tested and is wrong.</summary>
    public bool IsBFloat16Right => Trials.Count == 0 || Trials[^1].IsBFloat16Right;

    /// <summary>Whether something was put right or lowered: worth a line.</summary>
    public bool IsChanged => Rung != ProcessorRung.Native;
}

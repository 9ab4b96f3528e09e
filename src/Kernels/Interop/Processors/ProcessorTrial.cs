namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>The self-test on one rung.</summary>
/// <param name="Rung">The code that libtorch took.</param>
/// <param name="Cases">What was computed, in order.</param>
/// <param name="Problem">Why it did not come to its end, or null.</param>
public sealed record ProcessorTrial(ProcessorRung Rung, IReadOnlyList<ProcessorCase> Cases, string? Problem)
{
    /// <summary>Whether something was computed at all: without it nothing is known.</summary>
    public bool HasRun => Cases.Count > 0;

    /// <summary>Whether float32 is right: all of its cases, and what died, if anything, died later.</summary>
    public bool IsRight => HasRun && Cases.All(c => c.IsNarrow || c.IsRight) && (Problem is null || Cases.Any(c => c.IsNarrow));

    /// <summary>Whether bfloat16 is.</summary>
    public bool IsBFloat16Right => Problem is null && Cases.Any(c => c.IsNarrow) && Cases.All(c => !c.IsNarrow || c.IsRight);

    /// <summary>The case furthest beyond its limit, or null where all are right.</summary>
    public ProcessorCase? Worst => Cases.Where(c => !c.IsRight).MaxBy(c => c.Error / c.Limit);
}

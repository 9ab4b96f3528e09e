namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>Walks down the rungs until one computes rightly.</summary>
internal static class ProcessorLadder
{
    /// <summary>Tests rung by rung, fastest first.</summary>
    /// <param name="rungs">Those that may be taken.</param>
    /// <param name="test">Tests one.</param>
    /// <returns>The trials, the first right one last; all of them where none is right. It ends where a trial could not be made: the next could not either.</returns>
    public static IReadOnlyList<ProcessorTrial> Walk(IEnumerable<ProcessorRung> rungs, Func<ProcessorRung, ProcessorTrial> test)
    {
        List<ProcessorTrial> trials = [];
        foreach (ProcessorRung rung in rungs)
        {
            ProcessorTrial trial = test(rung);
            trials.Add(trial);
            if (trial.IsRight || IsUnknown(trial))
            {
                break;
            }
        }

        return trials;
    }

    /// <summary>Whether a trial says nothing of the processor: the child could not be started, or was ended from outside.</summary>
    public static bool IsUnknown(ProcessorTrial trial) => !trial.HasRun;
}

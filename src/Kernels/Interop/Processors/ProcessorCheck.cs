namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>Sees to it that oneDNN knows the processor before anything is computed, and finds out, once a machine, whether what it then computes is right.</summary>
/// <remarks>Repair and a verdict that is kept take effect at once; a test that is still to be made runs beside the loading of the network, and <see cref="Wait"/> waits for it.</remarks>
internal sealed class ProcessorCheck
{
    private readonly ProcessorParts _parts;
    private readonly Lazy<ProcessorReport> _report;

    /// <summary>To be made when libtorch_cpu.so is loaded and before the first tensor.</summary>
    /// <exception cref="InvalidDataException">The variable CAMANIM_CPU holds something else than auto, native or safe.</exception>
    public ProcessorCheck(ProcessorParts parts)
    {
        _parts = parts;
        string setting = parts.Variable(ProcessorSetting.Variable) is { Length: > 0 } set ? set : "auto";
        string? isa = ProcessorSetting.Isa(parts.Variable);
        string limit = isa is null ? "" : $"; {ProcessorSetting.IsaVariable}={isa} was set";
        ProcessorReport report = new() { Processor = ProcessorIdentity.Describe(parts.Cpuid) };
        switch (setting)
        {
            case "native":
                _report = Known(report with { Note = $"left alone ({ProcessorSetting.Variable}=native){limit}", Reason = $"{ProcessorSetting.Variable}=native was set" });
                return;
            case "safe":
                report = isa is null ? Lower(report, $"{ProcessorSetting.Variable}=safe") : report with { Note = $"{ProcessorSetting.IsaVariable}={isa} was set and goes before {ProcessorSetting.Variable}=safe" };
                break;
            case "auto":
                report = Repair(report, isa, limit);
                break;
            default:
                throw new InvalidDataException($"{ProcessorSetting.Variable}={setting} is not known: auto, native or safe was expected.");
        }

        string key = ProcessorIdentity.Key(parts.Cpuid, parts.Library, report.Rung == ProcessorRung.Sse41 ? ProcessorSetting.SafeIsa : isa);
        if (parts.Variable(SelfTestChild.Variable) is { Length: > 0 })
        {
            _report = Known(report with { Reason = "this is the test" });
        }
        else if (VerdictFile.Read(parts.ReadVerdict(), key) is { } kept)
        {
            _report = Known(Judge(report, kept, isa));
        }
        else
        {
            // A thread of its own: the pool's may all be waiting for the verdict.
            Task<IReadOnlyList<ProcessorTrial>> test = Task.Factory.StartNew(() => Test(report.Rung, isa, key), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            _report = new Lazy<ProcessorReport>(() => Judge(report, test.GetAwaiter().GetResult(), isa));
        }
    }

    /// <summary>Whether the verdict was asked for.</summary>
    public bool IsAsked => _report.IsValueCreated;

    /// <summary>The verdict; the first call waits for a test that is still running, and takes the code that was found right.</summary>
    public ProcessorReport Wait() => _report.Value;

    private static Lazy<ProcessorReport> Known(ProcessorReport report) => new(() => report, isThreadSafe: true);

    private ProcessorReport Repair(ProcessorReport report, string? isa, string limit)
    {
        if (_parts.Cpuid is not { } read || ProcessorModel.Read(read).DescribesCaches)
        {
            return report with { Note = $"as it is{limit}" };
        }

        ProcessorRepair.Outcome outcome = _parts.Repair();
        return outcome.IsRight ? report with { Rung = outcome.IsRepaired ? ProcessorRung.Repaired : ProcessorRung.Native, Note = outcome.Note + limit }
            : isa is null ? Lower(report, outcome.Note)
            : report with { Note = outcome.Note + limit };
    }

    private IReadOnlyList<ProcessorTrial> Test(ProcessorRung first, string? isa, string key)
    {
        ProcessorRung[] rungs = first == ProcessorRung.Sse41 || isa is not null ? [first] : [first, ProcessorRung.Sse41];
        IReadOnlyList<ProcessorTrial> trials = ProcessorLadder.Walk(rungs, _parts.Test);
        if (!trials.Any(ProcessorLadder.IsUnknown))
        {
            _parts.WriteVerdict(VerdictFile.Write(key, trials));
        }

        return trials;
    }

    private ProcessorReport Judge(ProcessorReport report, IReadOnlyList<ProcessorTrial> trials, string? isa)
    {
        ProcessorTrial last = trials[^1];
        if (ProcessorLadder.IsUnknown(last))
        {
            return report with { Verdict = ProcessorVerdict.Untested, Reason = last.Problem };
        }

        if (last.Rung == ProcessorRung.Sse41 && report.Rung != ProcessorRung.Sse41 && isa is null)
        {
            ProcessorCase? worst = trials[0].Worst;
            report = Lower(report, worst is null ? report.Note : $"{report.Note}; still wrong ({worst.Type}, {worst.Name}: error {worst.Error:0.#e+0}, {worst.Where})");
        }

        return report with { Trials = trials, Verdict = last.IsRight ? ProcessorVerdict.Right : ProcessorVerdict.Wrong };
    }

    private ProcessorReport Lower(ProcessorReport report, string reason) => _parts.Lower()
        ? report with { Rung = ProcessorRung.Sse41, Note = $"{reason}: oneDNN computes with SSE4.1" }
        : report with { Note = $"{reason}, but {ProcessorSetting.IsaVariable} could not be set" };
}

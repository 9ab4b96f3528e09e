using System.Text;
using CAManim.Native.Kernels.Interop.Processors;

namespace CAManim.Native.Kernels.Tests.Interop.Processors;

/// <summary>Every way down the ladder, with processors and results that are made up.</summary>
public sealed class ProcessorCheckTests
{
    private static readonly ProcessorCase Right = new("float32", "3x3", 1e-7, 1e-4, "C=4");
    private static readonly ProcessorCase Wrong = new("float32", "3x3", 0.2, 1e-4, "C=20, gradient");
    private static readonly ProcessorCase NarrowRight = new("bfloat16", "3x3", 0.004, 0.03, "");
    private static readonly ProcessorCase NarrowWrong = new("bfloat16", "3x3", 0.7, 0.03, "C=8");

    private readonly Dictionary<string, string> _variables = [];
    private readonly Dictionary<ProcessorRung, ProcessorTrial> _trials = [];
    private readonly List<string> _log = [];
    private ProcessorRepair.Outcome _repair = new(true, true, "repaired");
    private byte[]? _kept;

    [Fact]
    public void ADescribedProcessorThatIsRightIsLeftAsItIs()
    {
        Give(ProcessorRung.Native, Right, NarrowRight);
        ProcessorReport report = Check(FakeProcessor.Cpuid(firstCache: 0x121)).Wait();
        Assert.Equal((ProcessorRung.Native, ProcessorVerdict.Right, true, false), (report.Rung, report.Verdict, report.IsBFloat16Right, report.IsChanged));
        Assert.Equal(["test Native", "write"], _log);
    }

    [Fact]
    public void OneWithoutCachesIsRepairedBeforeItIsTested()
    {
        Give(ProcessorRung.Repaired, Right, NarrowRight);
        ProcessorReport report = Check(FakeProcessor.Cpuid()).Wait();
        Assert.Equal((ProcessorRung.Repaired, ProcessorVerdict.Right, "repaired"), (report.Rung, report.Verdict, report.Note));
        Assert.Equal(["repair", "test Repaired", "write"], _log);
    }

    [Fact]
    public void WhatCannotBeRepairedIsLoweredBeforeAnythingIsComputed()
    {
        _repair = new ProcessorRepair.Outcome(false, false, "not found");
        Give(ProcessorRung.Sse41, Right, NarrowRight);
        ProcessorReport report = Check(FakeProcessor.Cpuid()).Wait();
        Assert.Equal((ProcessorRung.Sse41, ProcessorVerdict.Right, "not found: oneDNN computes with SSE4.1"), (report.Rung, report.Verdict, report.Note));
        Assert.Equal(["repair", "lower", "test Sse41", "write"], _log);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AWrongCaseLowers(bool isDescribed)
    {
        ProcessorRung first = isDescribed ? ProcessorRung.Native : ProcessorRung.Repaired;
        Give(first, Wrong, NarrowWrong);
        Give(ProcessorRung.Sse41, Right, NarrowRight);
        ProcessorReport report = Check(FakeProcessor.Cpuid(firstCache: isDescribed ? 0x121u : 0)).Wait();
        Assert.Equal((ProcessorRung.Sse41, ProcessorVerdict.Right), (report.Rung, report.Verdict));
        Assert.Contains("still wrong (float32, 3x3: error 2e-1, C=20, gradient)", report.Note, StringComparison.Ordinal);
        Assert.Equal([first, ProcessorRung.Sse41], report.Trials.Select(t => t.Rung));
        Assert.Equal([$"test {first}", "test Sse41", "write", "lower"], _log.Where(l => l != "repair"));
    }

    [Fact]
    public void ADeathLowers()
    {
        _trials[ProcessorRung.Native] = SelfTestChild.Parse(ProcessorRung.Native, ["begin\tfloat32\t1x1, stride 2"], 136);
        Give(ProcessorRung.Sse41, Right, NarrowRight);
        ProcessorReport report = Check(FakeProcessor.Cpuid(firstCache: 0x121)).Wait();
        Assert.Equal((ProcessorRung.Sse41, ProcessorVerdict.Right), (report.Rung, report.Verdict));
        Assert.Contains("the process died (exit code 136)", report.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongOnEveryRungIsSaid()
    {
        Give(ProcessorRung.Native, Wrong);
        Give(ProcessorRung.Sse41, Wrong);
        ProcessorReport report = Check(FakeProcessor.Cpuid(firstCache: 0x121)).Wait();
        Assert.Equal(ProcessorVerdict.Wrong, report.Verdict);
    }

    [Fact]
    public void BFloat16AloneDoesNotLower()
    {
        Give(ProcessorRung.Native, Right, NarrowWrong);
        ProcessorReport report = Check(FakeProcessor.Cpuid(firstCache: 0x121)).Wait();
        Assert.Equal((ProcessorRung.Native, ProcessorVerdict.Right, false), (report.Rung, report.Verdict, report.IsBFloat16Right));
    }

    [Fact]
    public void ADeathInBFloat16LeavesFloat32()
    {
        _trials[ProcessorRung.Native] = SelfTestChild.Parse(ProcessorRung.Native, ["begin\tfloat32\ta", "end\tfloat32\ta\t0\t0.0001\t", "begin\tbfloat16\ta"], 139);
        ProcessorReport report = Check(FakeProcessor.Cpuid(firstCache: 0x121)).Wait();
        Assert.Equal((ProcessorRung.Native, ProcessorVerdict.Right, false), (report.Rung, report.Verdict, report.IsBFloat16Right));
    }

    [Fact]
    public void WithoutAChildNothingIsKnownAndNothingKept()
    {
        _trials[ProcessorRung.Repaired] = new ProcessorTrial(ProcessorRung.Repaired, [], "there is no host");
        ProcessorReport report = Check(FakeProcessor.Cpuid()).Wait();
        Assert.Equal((ProcessorRung.Repaired, ProcessorVerdict.Untested, "there is no host", true), (report.Rung, report.Verdict, report.Reason, report.IsBFloat16Right));
        Assert.Null(_kept);
    }

    [Theory]
    [InlineData("begin\tfloat32\ta", 137)]
    [InlineData("begin\tfloat32\ta", 1)]
    [InlineData("", 139)]
    public void AnEndFromOutsideSaysNothing(string line, int exitCode) =>
        Assert.True(ProcessorLadder.IsUnknown(SelfTestChild.Parse(ProcessorRung.Native, [line], exitCode)));

    [Fact]
    public void AVerdictIsKeptAndTakesEffectWithoutATest()
    {
        Give(ProcessorRung.Native, Wrong);
        Give(ProcessorRung.Sse41, Right, NarrowWrong);
        ProcessorReport first = Check(FakeProcessor.Cpuid(firstCache: 0x121)).Wait();
        _log.Clear();
        ProcessorReport second = Check(FakeProcessor.Cpuid(firstCache: 0x121)).Wait();
        Assert.Equal(["lower"], _log);
        Assert.Equal((first.Rung, first.Verdict, first.Note, first.IsBFloat16Right), (second.Rung, second.Verdict, second.Note, second.IsBFloat16Right));
        Assert.Equal(first.Trials.SelectMany(t => t.Cases), second.Trials.SelectMany(t => t.Cases));
    }

    [Fact]
    public void AVerdictThatIsDamagedIsMadeAnew()
    {
        Give(ProcessorRung.Native, Right, NarrowRight);
        Check(FakeProcessor.Cpuid(firstCache: 0x121)).Wait();
        byte[] whole = _kept!;
        for (int i = 0; i < whole.Length - 1; i++)
        {
            _kept = [.. whole];
            _kept[i] ^= 1;
            _log.Clear();
            Check(FakeProcessor.Cpuid(firstCache: 0x121)).Wait();
            Assert.Equal(["test Native", "write"], _log);
            Assert.Equal(whole, _kept);
        }

        foreach (byte[] other in (byte[][])[[], whole[..^20], Encoding.UTF8.GetBytes("\n\n\n"), new byte[64]])
        {
            _kept = other;
            Check(FakeProcessor.Cpuid(firstCache: 0x121)).Wait();
            Assert.Equal(whole, _kept);
        }
    }

    [Fact]
    public void AVerdictOfAnotherProcessorIsMadeAnew()
    {
        Give(ProcessorRung.Native, Right, NarrowRight);
        Give(ProcessorRung.Repaired, Right, NarrowRight);
        foreach (CpuidReader processor in (CpuidReader[])[FakeProcessor.Cpuid(firstCache: 0x121), FakeProcessor.Cpuid(firstCache: 0x122), FakeProcessor.Cpuid(), FakeProcessor.Cpuid(signature: 0x00b00f22, firstCache: 0x121), FakeProcessor.Cpuid(vendor: "GenuineIntel", firstCache: 0x121)])
        {
            _log.Clear();
            Check(processor).Wait();
            Assert.Contains("write", _log);
            _log.Clear();
            Check(processor).Wait();
            Assert.DoesNotContain("write", _log);
        }
    }

    [Fact]
    public void WhatTheUserSetGoesBefore()
    {
        _variables["CAMANIM_CPU"] = "native";
        ProcessorReport native = Check(FakeProcessor.Cpuid()).Wait();
        Assert.Equal((ProcessorRung.Native, ProcessorVerdict.Untested), (native.Rung, native.Verdict));
        Assert.Empty(_log);

        _variables["CAMANIM_CPU"] = "safe";
        Give(ProcessorRung.Sse41, Right);
        Assert.Equal(ProcessorRung.Sse41, Check(FakeProcessor.Cpuid(firstCache: 0x121)).Wait().Rung);
        Assert.Equal(["lower", "test Sse41", "write"], _log);

        // An instruction set that was set is not lowered: it is tested as it is.
        _log.Clear();
        _variables["CAMANIM_CPU"] = "auto";
        _variables["DNNL_MAX_CPU_ISA"] = "AVX2";
        Give(ProcessorRung.Repaired, Wrong);
        ProcessorReport limited = Check(FakeProcessor.Cpuid()).Wait();
        Assert.Equal((ProcessorRung.Repaired, ProcessorVerdict.Wrong, "repaired; ONEDNN_MAX_CPU_ISA=AVX2 was set"), (limited.Rung, limited.Verdict, limited.Note));
        Assert.Equal(["repair", "test Repaired", "write"], _log);

        _variables["CAMANIM_CPU"] = "fast";
        Assert.Contains("CAMANIM_CPU=fast is not known: auto, native or safe was expected", Assert.Throws<InvalidDataException>(() => Check(FakeProcessor.Cpuid())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheTestItselfTestsNothing()
    {
        _variables[SelfTestChild.Variable] = "1";
        Assert.Equal(ProcessorRung.Repaired, Check(FakeProcessor.Cpuid()).Wait().Rung);
        Assert.Equal(["repair"], _log);
    }

    private void Give(ProcessorRung rung, params ProcessorCase[] cases) => _trials[rung] = new ProcessorTrial(rung, cases, null);

    private ProcessorCheck Check(CpuidReader cpuid) => new(new ProcessorParts
    {
        Library = "/nowhere/libtorch_cpu.so",
        Cpuid = cpuid,
        Variable = name => _variables.GetValueOrDefault(name),
        Repair = () =>
        {
            _log.Add("repair");
            return _repair;
        },
        Lower = () =>
        {
            _log.Add("lower");
            return true;
        },
        Test = rung =>
        {
            _log.Add($"test {rung}");
            return _trials[rung];
        },
        ReadVerdict = () => _kept,
        WriteVerdict = content =>
        {
            _log.Add("write");
            _kept = content;
        },
    });
}

using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.SelfTest;
using CAManim.Native.Kernels.Interop;
using CAManim.Native.Kernels.Interop.Processors;

namespace CAManim.Native.Engine.Tests.SelfTest;

/// <summary>The processor that the tests run on, and what is refused on others.</summary>
public sealed class ProcessorTests
{
    private static readonly ProcessorCase Right = new("float32", "3x3", 0, 1e-4, "");

    [Fact]
    public void ThisProcessorComputesRightly()
    {
        ProcessorReport? report = TorchRuntime.Processor;
        Assert.SkipWhen(report is null, "libtorch is looked after on Linux");
        Assert.SkipWhen(report.Verdict == ProcessorVerdict.Untested, report.Reason ?? "untested");
        Assert.Equal(ProcessorVerdict.Right, report.Verdict);
        Assert.Equal(SelfTestCases.All(1).Count(), report.Trials[^1].Cases.Count);
        Assert.All(report.Trials[^1].Cases, c => Assert.True(c.IsRight || c.IsNarrow, $"{c}"));
    }

    /// <summary>On a machine without described caches this test dies or is wrong in its child; elsewhere it is right.</summary>
    [Fact]
    public void WithoutRepairTheTestTellsWhetherOneIsNeeded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Cpuid.IsSupported, "the repair is for x64 processors under Linux");
        ProcessorTrial trial = SelfTestChild.Run(ProcessorRung.Native);
        Assert.SkipUnless(trial.HasRun, trial.Problem ?? "");
        bool isDescribed = ProcessorModel.Read(Cpuid.Read).DescribesCaches;
        Assert.True(isDescribed || TorchRuntime.Processor!.Rung == ProcessorRung.Native || !trial.IsRight, "no caches are described, something was repaired, and without the repair nothing was found wrong");
    }

    [Fact]
    public void TheAddressesAreFoundQuicklyInLibtorch()
    {
        string library = Path.Combine(TorchRuntime.Load().LibTorch ?? "", "libtorch_cpu.so");
        Assert.SkipUnless(OperatingSystem.IsLinux() && Cpuid.IsSupported && File.Exists(library), "no libtorch of its own");
        OneDnnAddress? address = OneDnnAddress.Find(library);
        Assert.NotNull(address);
        Span<byte> bytes = address.Value.Open(library);
        Assert.Equal(OneDnnProcessor.SizeInBytes, bytes.Length);
        OneDnnProcessor.State state = OneDnnProcessor.Examine(bytes, ProcessorModel.Read(Cpuid.Read));
        Assert.Equal(OneDnnProcessor.State.Right, state);

        // Of another place nothing is believed, and nothing is called.
        Assert.True((address.Value with { Guard = address.Value.Guard + 8 }).Open(library).IsEmpty);
        Assert.True((address.Value with { Function = address.Value.Function + 16 }).Open(library).IsEmpty);
        Assert.True(address.Value.Open("/nowhere/libother.so").IsEmpty);
    }

    [Fact]
    public void WhatIsWrongIsRefusedWithTheNumbers()
    {
        ProcessorReport wrong = new()
        {
            Processor = "AMD",
            Note = "as it is",
            Verdict = ProcessorVerdict.Wrong,
            Trials = [new ProcessorTrial(ProcessorRung.Sse41, [Right with { Error = 0.2, Where = "C=20, gradient" }], null)],
        };
        string error = Assert.Throws<CamException>(() => ProcessorGate.Pass(wrong, isNarrow: false)).Message;
        Assert.StartsWith("libtorch computes wrongly on this processor (AMD; as it is): float32, 3x3, C=20, gradient: off by 2e-1 of the largest value, 1e-4 is tolerated.", error, StringComparison.Ordinal);
        Assert.Contains("CAMANIM_CPU=native", error, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongBFloat16IsRefusedAndFloat32IsNot()
    {
        ProcessorReport narrow = new()
        {
            Processor = "AMD",
            Verdict = ProcessorVerdict.Right,
            Trials = [new ProcessorTrial(ProcessorRung.Native, [Right, new ProcessorCase("bfloat16", "3x3", double.PositiveInfinity, 0.03, "C=8, forward")], null)],
        };
        ProcessorGate.Pass(narrow, isNarrow: false);
        string error = Assert.Throws<CamException>(() => ProcessorGate.Pass(narrow, isNarrow: true)).Message;
        Assert.StartsWith("bfloat16 was asked for, and libtorch computes wrongly in it on this processor (AMD): bfloat16, 3x3, C=8, forward", error, StringComparison.Ordinal);
        Assert.Contains("Use float32", error, StringComparison.Ordinal);

        // What was not tested is not refused.
        ProcessorGate.Pass(new ProcessorReport(), isNarrow: true);
    }
}

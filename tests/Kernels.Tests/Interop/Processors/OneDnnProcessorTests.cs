using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Interop.Processors;
using State = CAManim.Native.Kernels.Interop.Processors.OneDnnProcessor.State;

namespace CAManim.Native.Kernels.Tests.Interop.Processors;

/// <summary>The repair, on a copy of the bytes that libtorch 2.10 holds on a machine whose CPUID describes no caches.</summary>
public sealed class OneDnnProcessorTests
{
    private static readonly CacheSizes Caches = new(48 << 10, 1 << 20, 4 << 20, "a test");

    [Fact]
    public void ThreeCachesOfOneByteAreFaulty() => Assert.Equal(State.Faulty, OneDnnProcessor.Examine(FakeProcessor.Description(), FakeProcessor.Model));

    [Fact]
    public void RepairWritesTheThreeSizesAndNothingElse()
    {
        byte[] bytes = FakeProcessor.Description();
        ProcessorRepair.Outcome outcome = ProcessorRepair.Apply(bytes, FakeProcessor.Model, Caches);
        Assert.True(outcome.IsRight && outcome.IsRepaired);
        Assert.Equal("CPUID describes no caches; oneDNN was given 48 KiB, 1024 KiB and 4096 KiB (a test)", outcome.Note);
        int[] expected = [.. MemoryMarshal.Cast<byte, int>(FakeProcessor.Description())];
        (expected[7], expected[8], expected[9]) = (48 << 10, 1 << 20, 4 << 20);
        Assert.Equal(expected, MemoryMarshal.Cast<byte, int>(bytes).ToArray());

        // What is right is left alone.
        ProcessorRepair.Outcome again = ProcessorRepair.Apply(bytes, FakeProcessor.Model, CacheSizes.Defaults);
        Assert.True(again.IsRight && !again.IsRepaired);
        Assert.Equal(expected, MemoryMarshal.Cast<byte, int>(bytes).ToArray());
    }

    [Fact]
    public void NoLevelsAreRightAndLeftAlone()
    {
        byte[] bytes = FakeProcessor.Description(word: 27, value: 0);
        Assert.Equal(State.Right, OneDnnProcessor.Examine(bytes, FakeProcessor.Model));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 0)]
    [InlineData(7, 2)]
    [InlineData(10, 1)]
    [InlineData(18, 2)]
    [InlineData(27, 2)]
    [InlineData(27, 11)]
    [InlineData(31, 2)]
    [InlineData(34, 25)]
    [InlineData(35, 3)]
    public void WhatLooksOtherwiseIsNotTouched(int word, int value)
    {
        byte[] bytes = FakeProcessor.Description(word, value);
        byte[] before = [.. bytes];
        ProcessorRepair.Outcome outcome = ProcessorRepair.Apply(bytes, FakeProcessor.Model, Caches);
        Assert.False(outcome.IsRight || outcome.IsRepaired);
        Assert.Contains("not laid out as expected", outcome.Note, StringComparison.Ordinal);
        Assert.Equal(before, bytes);
    }

    [Fact]
    public void AnotherSizeIsNotTouched() => Assert.Equal(State.Unknown, OneDnnProcessor.Examine(FakeProcessor.Description().AsSpan(0, 140), FakeProcessor.Model));
}

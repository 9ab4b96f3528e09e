using CAManim.Native.Kernels.Interop.Processors;

namespace CAManim.Native.Kernels.Tests.Interop.Processors;

/// <summary>Where the sizes of the caches come from when the leaf that oneDNN reads is empty.</summary>
public sealed class CacheSizesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("camanim-caches-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void OlderLeavesOfCpuidGoFirst()
    {
        // 0x300c0140: 48 KiB; 0x04006140: 1024 KiB; 0x0fe09140: 508 MiB of a whole machine, of which a core has no more than 4.
        CacheSizes found = CacheSizes.Find(FakeProcessor.Cpuid(), _folder);
        Assert.Equal(new CacheSizes(48 << 10, 1 << 20, 4 << 20, "CPUID 0x80000005 and 0x80000006"), found);
    }

    [Theory]
    [InlineData(0u, 0u, 0u)]
    [InlineData(0x01000000u, 0x04006140u, 0x0fe09140u)]
    [InlineData(0x300c0140u, 0x00016140u, 0x0fe09140u)]
    public void WhatCannotBeGoesToTheSystemsList(uint level1, uint level2, uint level3)
    {
        Write(0, "1", "Data", "32K");
        Write(1, "1", "Instruction", "64K");
        Write(2, "2", "Unified", "512K");
        Write(3, "3", "Unified", "32M");
        Assert.Equal(new CacheSizes(32 << 10, 512 << 10, 4 << 20, _folder), CacheSizes.Find(FakeProcessor.Cpuid(level1: level1, level2: level2, level3: level3), _folder));
    }

    [Fact]
    public void WithoutEitherTheyAreThoseThatOneDnnTakesItself()
    {
        Assert.Equal(CacheSizes.Defaults, CacheSizes.Find(FakeProcessor.Cpuid(level1: 0), Path.Combine(_folder, "none")));
        Write(0, "1", "Data", "many");
        Assert.Equal(CacheSizes.Defaults, CacheSizes.Find(FakeProcessor.Cpuid(highestExtended: 0x80000004), _folder));
        Assert.Equal((32 << 10, 512 << 10, 1 << 20), (CacheSizes.Defaults.Level1InBytes, CacheSizes.Defaults.Level2InBytes, CacheSizes.Defaults.Level3InBytes));
    }

    [Fact]
    public void AProcessorIsReadFromCpuid()
    {
        Assert.Equal(FakeProcessor.Model, ProcessorModel.Read(FakeProcessor.Cpuid()));
        Assert.True(ProcessorModel.Read(FakeProcessor.Cpuid(firstCache: 0x121)).DescribesCaches);
        Assert.Equal("AuthenticAMD family 26 model 2 stepping 1 under bhyve bhyve, no caches described", ProcessorIdentity.Describe(FakeProcessor.Cpuid()));

        // An Intel processor of family 6: the extended model counts, the extended family does not.
        ProcessorModel intel = ProcessorModel.Read(FakeProcessor.Cpuid(vendor: "GenuineIntel", signature: 0x000806F8, firstCache: 0x121));
        Assert.Equal(new ProcessorModel("GenuineIntel", 6, 0x8F, 8, DescribesCaches: true), intel);
    }

    private void Write(int index, string level, string type, string size)
    {
        string cache = Directory.CreateDirectory(Path.Combine(_folder, $"index{index}")).FullName;
        File.WriteAllText(Path.Combine(cache, "level"), level + "\n");
        File.WriteAllText(Path.Combine(cache, "type"), type + "\n");
        File.WriteAllText(Path.Combine(cache, "size"), size + "\n");
    }
}

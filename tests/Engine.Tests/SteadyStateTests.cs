using System.Collections;
using System.Diagnostics;
using System.Reflection;
using CAManim.Native.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

public sealed class SteadyStateTests
{
    // The allocator's and the garbage collector's own swings; a leak of one 64x64 map a run would be 16 KiB x runs.
    private const long AllowedGrowthInBytes = 24 << 20;

    [Fact]
    public void HundredRunsStayFlat() => AssertFlat(warmUps: 50, runs: 100);

    [Fact]
    [Trait("Category", "Slow")]
    public void ThousandRunsStayFlat() => AssertFlat(warmUps: 100, runs: 1000);

    private static void AssertFlat(int warmUps, int runs)
    {
        using LoadedModel network = ModelZoo.Create("resnet18");
        network.LoadWeights("rule:camanim");
        random.manual_seed(1);
        using Tensor input = randn(1, 3, 64, 64);
        CamEngine engine = new(network.Module);
        Repeat(engine, input, warmUps);
        (long tensors, int nodes, int files, long memory) = Count();
        Repeat(engine, input, runs);
        (long tensorsAfter, int nodesAfter, int filesAfter, long memoryAfter) = Count();

        TestContext.Current.TestOutputHelper?.WriteLine($"{runs} runs: live tensors {tensors} to {tensorsAfter}, autograd nodes {nodes} to {nodesAfter}, open files {files} to {filesAfter}, resident {memory >> 20} to {memoryAfter >> 20} MiB");
        Assert.Equal(tensors, tensorsAfter);
        Assert.Equal(nodes, nodesAfter);
        // Assemblies that load late are open files too.
        Assert.InRange(filesAfter, 0, files + (runs / 4));
        Assert.InRange(memoryAfter, 0, memory + AllowedGrowthInBytes);
    }

    private static void Repeat(CamEngine engine, Tensor input, int runs)
    {
        for (int i = 0; i < runs; i++)
        {
            Assert.NotEmpty(engine.Run(input).Frames);
        }
    }

    private static (long Tensors, int Nodes, int Files, long Memory) Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        int files = OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length : 0;
        using Process process = Process.GetCurrentProcess();
        return (Tensor.TotalCount, AliveNodes(), files, process.WorkingSet64);
    }

    // TorchSharp keeps custom autograd nodes in a list until their native side is gone: what stays in it is leaked.
    private static int AliveNodes()
    {
        Type node = typeof(torch).Assembly.GetTypes().Single(t => t is { Name: "Node", IsGenericType: false } && t.FullName!.Contains("autograd", StringComparison.Ordinal));
        return ((ICollection)node.GetField("AliveNodes", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!).Count;
    }
}

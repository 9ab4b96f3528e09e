using CAManim.Native.Engine.Tests.Networks;
using CAManim.Native.Kernels.Interop;
using CAManim.Native.Kernels.Threads;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Tests;

/// <summary>Which of libtorch's threads live, and where; they carry the name of the thread that they help.</summary>
public sealed class TorchThreadsTests
{
    private const string Name = "computing";
    private const string Tasks = "/proc/self/task";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public void ReleaseEndsTheHelpersOfTheCallingThread() => OnNamedThread(() =>
    {
        Compute();
        Assert.NotEmpty(Helpers());
        Assert.True(TorchThreads.Release());
        AssertNoHelper();

        // And the next operation has some again.
        Compute();
        Assert.NotEmpty(Helpers());
    });

    [Fact]
    public void ARunLeavesNoHelpers() => OnNamedThread(() =>
    {
        using DisposeScope scope = NewDisposeScope();
        CamEngine engine = new(TestNets.Chain(inplace: false));
        Compute();
        engine.Run(TestNets.Input());
        AssertNoHelper();
    });

    [Fact]
    public void APairIsPinnedToTwoProcessorsWhileItComputes() => OnNamedThread(() =>
    {
        int[] before = Affinity.Read();
        PinnedPair pair = new();
        using (pair.Enter())
        {
            bool isPair = before.Length == 2 && get_num_threads() == 2;
            Compute();
            Assert.Equal(isPair ? before[..1] : before, Affinity.Read());
            Assert.Equal(isPair ? [before[1].ToString()] : Helpers().Select(_ => $"{before[0]}-{before[^1]}"), Helpers());
        }

        Assert.Equal(before, Affinity.Read());
    });

    [Fact]
    public void APairOutlivesTheHelper() => OnNamedThread(() =>
    {
        int[] before = Affinity.Read();
        PinnedPair pair = new();
        for (int i = 0; i < 3; i++)
        {
            using (pair.Enter())
            {
                Compute();
                Assert.NotEmpty(Helpers());
            }

            Assert.True(TorchThreads.Release());
            AssertNoHelper();
        }

        Assert.Equal(before, Affinity.Read());
    });

    // Large enough for every thread to get a share.
    private static void Compute()
    {
        using Tensor values = zeros(1 << 20);
        using Tensor sums = values.add(1);
    }

    private static void AssertNoHelper()
    {
        SpinWait.SpinUntil(() => Helpers().Length == 0, Patience);
        Assert.Empty(Helpers());
    }

    /// <summary>The processors that each helper may run on.</summary>
    private static string[] Helpers()
    {
        List<string> processors = [];
        foreach (string task in Directory.GetDirectories(Tasks).Where(t => Path.GetFileName(t) != ThreadNumber()))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(task, "comm")).Trim() == Name)
                {
                    processors.Add(File.ReadLines(Path.Combine(task, "status")).First(l => l.StartsWith("Cpus_allowed_list", StringComparison.Ordinal)).Split('\t')[1]);
                }
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return [.. processors];
    }

    private static string ThreadNumber() => Path.GetFileName(new DirectoryInfo("/proc/thread-self").ResolveLinkTarget(returnFinalTarget: false)!.FullName);

    private static void OnNamedThread(Action test)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "threads are looked at in /proc");
        Assert.SkipUnless(get_num_threads() > 1, "libtorch has one thread here");
        Exception? error = null;
        Thread thread = new(() => error = Record.Exception(test)) { Name = Name };
        thread.Start();
        thread.Join();
        if (error is not null)
        {
            throw new InvalidOperationException($"On the thread: {error.Message}", error);
        }
    }
}

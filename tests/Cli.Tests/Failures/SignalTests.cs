using CAManim.Native.Cli.Tests.Support;

namespace CAManim.Native.Cli.Tests.Failures;

/// <summary>Runs that are stopped while they encode.</summary>
public sealed class SignalTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, 130)]
    [InlineData(15, 143)]
    [InlineData(1, 129)]
    public void A_signal_cancels_and_removes(int signal, int code)
    {
        // nohup and background jobs of scripts ignore some signals, and so do the processes that they start.
        Assert.SkipWhen(IsIgnored(signal), $"the tests were started with signal {signal} ignored");
        using ToolProcess tool = StartEncoding();
        tool.Signal(signal);
        ToolResult result = tool.Wait();
        Assert.Equal(code, result.Code);
        Assert.Contains("Cancelled", result.Error, StringComparison.Ordinal);
        Assert.Equal("before", File.ReadAllText(_folder.Out("a.json")));
        Assert.Equal(["a.json"], _folder.Outputs);
    }

    // SIGKILL, and what native code dies of: a division by zero, an access outside of memory, an abort.
    [Theory]
    [InlineData(9)]
    [InlineData(8)]
    [InlineData(11)]
    [InlineData(6)]
    public void A_death_leaves_nothing_under_the_final_name_and_the_next_run_tidies_up(int signal)
    {
        using (ToolProcess tool = StartEncoding())
        {
            tool.Signal(signal);

            // Of the others .NET's handler takes the first, and puts back what the system does; a fault would come again by itself.
            if (signal != 9)
            {
                Thread.Sleep(50);
                tool.Signal(signal);
            }

            Assert.Equal(128 + signal, tool.Wait().Code);
        }

        Assert.Equal("before", File.ReadAllText(_folder.Out("a.json")));
        Assert.DoesNotContain("a.mkv", _folder.Outputs);
        Tool.RunSmall(_folder, "--layers", "conv1", "--json", _folder.Out("a.json")).Succeeded();
        Assert.Equal(["a.json"], _folder.Outputs);
    }

    private static bool IsIgnored(int signal)
    {
        string mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..].Trim();
        return (Convert.ToUInt64(mask, 16) >> (signal - 1) & 1) != 0;
    }

    // Large lossless frames: seconds of encoding.
    private ToolProcess StartEncoding()
    {
        Video.Require();
        File.WriteAllText(_folder.Out("a.json"), "before");
        ToolProcess tool = ToolProcess.Start([], "run", "-m", "cifar10_resnet20", "-w", "rule:camanim", "-i", _folder.Picture(), "--progress", "json", "--scale", "40", "--output", _folder.Out("a.mkv"), "--json", _folder.Out("a.json"));
        tool.WaitForError("\"stage\":\"video\",\"done\":1,");
        return tool;
    }
}

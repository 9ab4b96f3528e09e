using System.Diagnostics;
using CAManim.Native.Cli.Tests.Support;

namespace CAManim.Native.Cli.Tests.Failures;

public sealed class OpenFileLimitTests
{
    /// <summary>Whatever would fail first, the limit is named, without a stack.</summary>
    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(127)]
    public void Too_low_a_limit_is_named(int limit)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "limits are Linux's");
        Run(limit, "models").Failed(1, $"only {limit} files open", "at least 128", "ulimit -n 1024");
    }

    [Fact]
    public void At_the_least_a_network_runs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "limits are Linux's");
        Assert.Contains("ring", Run(128, "predict -m demo_scenes -i demo:ring-and-star").Succeeded().Output, StringComparison.Ordinal);
    }

    private static ToolResult Run(int limit, string command)
    {
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"ulimit -n {limit}; exec '{ToolProcess.Path}' {command}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = shell.StandardError.ReadToEndAsync();
        string output = shell.StandardOutput.ReadToEnd();
        Assert.True(shell.WaitForExit(TimeSpan.FromMinutes(2)));
        return new ToolResult(shell.ExitCode, output, error.Result);
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace CAManim.Native.Cli.Tests.Support;

/// <summary>The built tool as a process of its own: for signals and environments. CAMANIM_TOOL names another, for instance the published one.</summary>
internal sealed partial class ToolProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Process _process;

    private ToolProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static string Path { get; } = Environment.GetEnvironmentVariable("CAMANIM_TOOL") is { Length: > 0 } own ? own : Find();

    public static ToolProcess Start((string Key, string Value)[] environment, params string[] arguments)
    {
        ProcessStartInfo start = new(Path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach ((string key, string value) in environment)
        {
            start.Environment[key] = value;
        }

        ToolProcess tool = new(Process.Start(start)!);
        tool._process.OutputDataReceived += (_, e) => tool.Append(tool._output, e.Data);
        tool._process.ErrorDataReceived += (_, e) => tool.Append(tool._error, e.Data);
        tool._process.BeginOutputReadLine();
        tool._process.BeginErrorReadLine();
        return tool;
    }

    public static ToolResult Run((string Key, string Value)[] environment, params string[] arguments)
    {
        using ToolProcess tool = Start(environment, arguments);
        return tool.Wait();
    }

    public ToolResult Wait()
    {
        Assert.True(_process.WaitForExit(Patience), $"the tool did not end within {Patience}");

        // Again without a limit: then all lines have arrived.
        _process.WaitForExit();
        return new ToolResult(_process.ExitCode, _output.ToString(), _error.ToString());
    }

    /// <summary>Waits until standard error has <paramref name="text"/>.</summary>
    public void WaitForError(string text)
    {
        long start = Stopwatch.GetTimestamp();
        while (!Error().Contains(text, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited, $"ended before '{text}': {Error()}");
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"no '{text}' within {Patience}: {Error()}");
            Thread.Sleep(1);
        }
    }

    public void Signal(int number) => Assert.Equal(0, Kill(_process.Id, number));

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private string Error()
    {
        lock (_error)
        {
            return _error.ToString();
        }
    }

    private void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Find()
    {
        string configuration = AppContext.BaseDirectory.Contains($"{System.IO.Path.DirectorySeparatorChar}Release{System.IO.Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string built = System.IO.Path.Combine(folder.FullName, "src", "Cli", "bin", configuration);
            if (Directory.Exists(built))
            {
                return new DirectoryInfo(built).EnumerateFiles("camanim", SearchOption.AllDirectories)
                    .Where(f => !f.FullName.Contains("publish", StringComparison.Ordinal))
                    .MaxBy(f => f.LastWriteTimeUtc)?.FullName ?? throw new FileNotFoundException($"No camanim under {built}.");
            }
        }

        throw new FileNotFoundException("The built tool was not found.");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}

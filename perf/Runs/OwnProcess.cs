using System.Diagnostics;

namespace CAManim.Native.Perf.Runs;

/// <summary>This program once more, as a process of its own, however it was started: built, by <c>dotnet run</c>, or by <c>dotnet camanim-perf.dll</c>.</summary>
internal static class OwnProcess
{
    /// <summary>What it prints.</summary>
    /// <exception cref="InvalidOperationException">It ended with another exit code than 0.</exception>
    public static string Run(params string[] arguments)
    {
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] host = isHost ? [Path.Combine(AppContext.BaseDirectory, "camanim-perf.dll")] : [];
        ProcessStartInfo start = new(program, [.. host, .. arguments]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Trim()
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}; it printed '{output.Trim()}'.");
    }
}

using System.Diagnostics;

namespace CAManim.Native.Cli.Tests.Support;

/// <summary>The sources around the tests, and what is built of them.</summary>
internal static class Repository
{
    /// <summary>Debug or Release, as the tests themselves.</summary>
    public static string Configuration { get; } = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";

    /// <summary>The folder of the solution; skips the running test where there is none.</summary>
    public static string Require()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CAManim.Native.sln")))
        {
            root = root.Parent;
        }

        Assert.SkipWhen(root is null, "the sources are not around the tests");
        return root.FullName;
    }

    /// <summary>Runs a program to its end.</summary>
    public static ToolResult Run(string program, string folder, (string Key, string Value)[] environment, TimeSpan patience, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };

        // No server of the build stays behind, and none of the test's own settings goes in.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        foreach ((string key, string value) in environment)
        {
            start.Environment[key] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {patience}.");
        }

        return new ToolResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}

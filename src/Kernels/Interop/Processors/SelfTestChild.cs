using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>Runs the self-test, which CAManim.Native.Engine.dll holds, in a process of its own: what dies of a wrong processor dies there.</summary>
/// <remarks>
/// The child is .NET's own host with that assembly, found as the running program finds it (its list of dependencies), never the program itself:
/// nobody's Main runs twice. A program without .NET's host beside its runtime (self-contained, single file, hosted by something else) has no child.
/// </remarks>
internal static class SelfTestChild
{
    /// <summary>Set for the child: it tests nothing in turn.</summary>
    public const string Variable = "CAMANIM_PROCESSOR_TEST";

    private const string Worker = "CAManim.Native.Engine.dll";
    private const string Argument = "--test-processor";

    private static readonly string Configuration = $$"""
        {"runtimeOptions": {
          "framework": {"name": "Microsoft.NETCore.App", "version": "{{Environment.Version.ToString(3)}}"},
          "configProperties": {"System.GC.Concurrent": false, "System.Globalization.Invariant": true}
        } }
        """;

    // 2 s where the processor is free; machines are shared.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Tests one rung.</summary>
    public static ProcessorTrial Run(ProcessorRung rung)
    {
        if (FindProblem(out string host, out string worker, out string? dependencies) is { } problem)
        {
            return new ProcessorTrial(rung, [], problem);
        }

        string? folder = null;
        try
        {
            folder = Directory.CreateTempSubdirectory("camanim-").FullName;
            string configuration = Path.Combine(folder, "test.runtimeconfig.json");
            File.WriteAllText(configuration, Configuration);
            using Process child = new();
            child.StartInfo = Start(rung, host, worker, dependencies, configuration);
            child.Start();
            return Listen(child, rung);
        }
        catch (Exception error) when (error is Win32Exception or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return new ProcessorTrial(rung, [], $"no child process could be started: {error.Message}");
        }
        finally
        {
            Remove(folder);
        }
    }

    /// <summary>What the child says, line by line; the case that was begun and not ended is where it died.</summary>
    public static ProcessorTrial Parse(ProcessorRung rung, IEnumerable<string> lines, int exitCode)
    {
        List<ProcessorCase> cases = [];
        (string Type, string Name)? begun = null;
        bool isDone = false;
        foreach (string line in lines)
        {
            string[] words = line.Split('\t');
            switch (words[0])
            {
                case "begin" when words.Length == 3:
                    begun = (words[1], words[2]);
                    break;
                case "end" when words.Length == 6 && double.TryParse(words[3], NumberStyles.Float, CultureInfo.InvariantCulture, out double error) && double.TryParse(words[4], NumberStyles.Float, CultureInfo.InvariantCulture, out double limit):
                    cases.Add(new ProcessorCase(words[1], words[2], error, limit, words[5]));
                    begun = null;
                    break;
                case "done":
                    isDone = true;
                    break;
            }
        }

        if (isDone)
        {
            return new ProcessorTrial(rung, cases, null);
        }

        // Signals that a wrong computation ends with: SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGSEGV. Any other end says nothing of the processor.
        if (begun is { } last && exitCode - 128 is 4 or 6 or 7 or 8 or 11)
        {
            cases.Add(new ProcessorCase(last.Type, last.Name, double.PositiveInfinity, 0, $"the process died (exit code {exitCode})"));
            return new ProcessorTrial(rung, cases, $"the process died in {last.Type}, {last.Name} (exit code {exitCode})");
        }

        return new ProcessorTrial(rung, [], $"the test ended early, with exit code {exitCode}");
    }

    private static string? FindProblem(out string host, out string worker, out string? dependencies)
    {
        string own = typeof(SelfTestChild).Assembly.Location;
        worker = own.Length == 0 ? "" : Path.Combine(Path.GetDirectoryName(own)!, Worker);
        string? process = Environment.ProcessPath;
        host = process is not null && Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? process
            : Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        dependencies = (AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string)?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(File.Exists);
        return worker.Length == 0 ? "the program is a single file, in which nothing can be run apart"
            : !File.Exists(worker) ? $"{Worker} is not beside the program"
            : !File.Exists(host) ? "the program brings its own .NET, without a host to run the test with"
            : null;
    }

    private static ProcessStartInfo Start(ProcessorRung rung, string host, string worker, string? dependencies, string configuration)
    {
        ProcessStartInfo start = new(host) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in (string[])["exec", "--runtimeconfig", configuration, .. dependencies is null ? Array.Empty<string>() : ["--depsfile", dependencies], worker, Argument])
        {
            start.ArgumentList.Add(argument);
        }

        // Other people's hooks and profilers stay outside; helpers that wait must not take the processor from the program.
        foreach (string name in (string[])["DOTNET_STARTUP_HOOKS", "CORECLR_ENABLE_PROFILING", "DOTNET_gcServer"])
        {
            start.Environment.Remove(name);
        }

        start.Environment[Variable] = "1";
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment[ProcessorSetting.Variable] = rung == ProcessorRung.Repaired ? "auto" : "native";
        if (rung == ProcessorRung.Sse41)
        {
            start.Environment[ProcessorSetting.IsaVariable] = ProcessorSetting.SafeIsa;
        }

        return start;
    }

    private static ProcessorTrial Listen(Process child, ProcessorRung rung)
    {
        List<string> lines = [];
        child.OutputDataReceived += (_, line) =>
        {
            lock (lines)
            {
                lines.Add(line.Data ?? "");
            }
        };
        child.ErrorDataReceived += (_, line) =>
        {
            if (NativeLog.IsShown && line.Data is not null)
            {
                Console.Error.WriteLine($"{rung}: {line.Data}");
            }
        };
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        if (!child.WaitForExit(Patience))
        {
            child.Kill(entireProcessTree: true);
            return new ProcessorTrial(rung, [], $"the test took more than {Patience.TotalSeconds:0} s");
        }

        // Until the last line is read.
        child.WaitForExit();
        lock (lines)
        {
            return Parse(rung, lines, child.ExitCode);
        }
    }

    private static void Remove(string? folder)
    {
        try
        {
            if (folder is not null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A temporary folder that stays harms nobody.
        }
    }
}

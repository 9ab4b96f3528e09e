using System.CommandLine;
using CAManim.Native.Cli.Doctor;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;

namespace CAManim.Native.Cli.Commands;

/// <summary><c>doctor</c>: what this machine has, and what to do about what it lacks.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandContext context)
    {
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Command command = new("doctor", "Checks .NET, libtorch, libstdc++, accelerators, libav and its encoders, the allocator and the processor; says what to do where something is not right. Exit code 1 where something will not work.");
        command.Add(json);
        ExampleHelp.Add(command, "camanim doctor", "camanim doctor --json");
        command.SetAction(parsed =>
        {
            Finding[] findings = [.. Examination.Run()];
            bool isHealthy = findings.All(f => f.State != FindingState.Problem);
            if (parsed.GetValue(json))
            {
                context.Output.WriteLine(JsonText.Pretty(new DoctorReport(isHealthy, findings)));
            }
            else
            {
                Print(findings, context.Output);
            }

            return isHealthy ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }

    private static void Print(Finding[] findings, TextWriter output)
    {
        int name = findings.Max(f => f.Name.Length);
        foreach (Finding finding in findings)
        {
            string state = finding.State switch
            {
                FindingState.Ok => "ok",
                FindingState.Note => "note",
                _ => "PROBLEM",
            };
            output.WriteLine($"{state,-7}  {finding.Name.PadRight(name)}  {finding.Found}");
            if (finding.Advice is not null)
            {
                output.WriteLine($"{"",-7}  {"".PadRight(name)}  -> {finding.Advice}");
            }
        }
    }
}

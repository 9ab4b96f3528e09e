using System.CommandLine;
using System.Globalization;
using CAManim.Native.Cli.Doctor;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Kernels.Interop;

namespace CAManim.Native.Cli.Commands;

/// <summary><c>doctor</c>: what this machine has, and what to do about what it lacks.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandContext context)
    {
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Command command = new("doctor", "Checks .NET, libtorch, libstdc++, accelerators, libav and its encoders, the allocator, the processor and what libtorch computes on it; says what to do where something is not right. Exit code 1 where something will not work.");
        command.Add(json);
        ExampleHelp.Add(command, "camanim doctor", "camanim doctor --json");
        command.SetAction(parsed =>
        {
            Finding[] findings = [.. Examination.Run()];
            ProcessorTable? table = TorchRuntime.Processor is { } report ? ProcessorTable.From(report) : null;
            bool isHealthy = findings.All(f => f.State != FindingState.Problem);
            if (parsed.GetValue(json))
            {
                context.Output.WriteLine(JsonText.Pretty(new DoctorReport(isHealthy, findings, table)));
            }
            else
            {
                Print(findings, context.Output);
                Print(table?.Cases ?? [], context.Output);
            }

            return isHealthy ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }

    private static void Print(IReadOnlyList<ProcessorRow> rows, TextWriter output)
    {
        if (rows.Count == 0)
        {
            return;
        }

        int name = rows.Max(r => r.Case.Length);
        output.WriteLine();
        output.WriteLine($"{"rung",-9} {"type",-9} {"case".PadRight(name)}  {"error",8} {"limit",8}  verdict");
        foreach (ProcessorRow row in rows)
        {
            string error = row.Error is { } value ? value.ToString(value == 0 ? "0" : "0.0e+0", CultureInfo.InvariantCulture) : "none";
            string where = row.Right ? "" : $" ({row.Where})";
            output.WriteLine($"{row.Rung,-9} {row.Type,-9} {row.Case.PadRight(name)}  {error,8} {row.Limit.ToString("0.0e+0", CultureInfo.InvariantCulture),8}  {(row.Right ? "right" : "WRONG")}{where}");
        }
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

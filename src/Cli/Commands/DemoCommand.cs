using System.CommandLine;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Progress;
using CAManim.Native.Cli.Running;

namespace CAManim.Native.Cli.Commands;

/// <summary><c>demo</c>: videos of what is there to show.</summary>
internal static class DemoCommand
{
    public static Command Create(CommandContext context)
    {
        Option<string> output = new("--output", "-o") { Description = "Folder for the videos and their reports; made where it does not exist.", HelpName = "DIR", DefaultValueFactory = _ => "demo" };
        Command command = new("demo", "Writes demonstration videos.");
        command.Add(output);
        ExampleHelp.Add(command, "camanim demo --output demo");
        command.SetAction(parsed =>
        {
            string folder = parsed.GetValue(output)!;
            DemoJob[] jobs = [.. DemoJob.All.Where(j => j.IsReady)];
            if (jobs.Length == 0)
            {
                throw new FileNotFoundException($"There is nothing to show: {string.Join("; ", DemoJob.All.Select(j => $"{j.Name} needs {string.Join(" and ", j.Files)}"))}. Run the command where these files are.");
            }

            Directory.CreateDirectory(folder);
            foreach (DemoJob job in jobs)
            {
                context.Error.WriteLine($"demo: {job.Name}");
                RunCommand.Run(job.ToRequest(folder), RunProgress.Create("lines", context.Error), context);
            }

            context.Output.WriteLine($"{jobs.Length} demonstrations in {Path.GetFullPath(folder)}: of each NAME.mp4 (video), NAME.json (report), NAME_best.png (layer with the highest ROAD score), NAME_sheet.png (all maps).");
        });
        return command;
    }
}

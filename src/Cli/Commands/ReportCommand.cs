using System.CommandLine;
using CAManim.Native.Cli.Errors;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Running;

namespace CAManim.Native.Cli.Commands;

/// <summary><c>report</c>: a page of what a run left.</summary>
internal static class ReportCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string[]> results = new("RESULT.json") { Description = "Reports of run --json, of one network and input; each becomes a column.", Arity = ArgumentArity.OneOrMore };
        Option<string[]> maps = new("--maps") { Description = "The maps of each report, in the same order, where they are not at the place it names.", HelpName = "FILE.safetensors" };
        Option<string?> image = new("--image", "-i") { Description = "The input, where it is not at the place that the reports name.", HelpName = "FILE" };
        Option<string?> output = new("--output", "-o") { Description = "The page. Default: the first report with .html for its ending.", HelpName = "FILE.html" };
        ColourOptionGroup colours = new();
        Command command = new("report", "Makes a page to scrub through the layers of what 'run --json FILE --maps FILE' wrote; 'run --report' writes it at once.");
        command.Add(results);
        foreach (Option option in (Option[])[maps, image, output, .. colours.Options])
        {
            command.Add(option);
        }

        ExampleHelp.Add(command, "camanim report dog.json", "camanim report gradcam.json layercam.json --output dog.html --colormap viridis");
        command.SetAction(parsed =>
        {
            string[] files = parsed.GetValue(results)!;
            string[] given = parsed.GetValue(maps) ?? [];
            string page = parsed.GetValue(output) ?? Path.ChangeExtension(files[0], ".html");
            OutputChecks.Page("--output", page);
            if (given.Length > 0 && given.Length != files.Length)
            {
                throw new UsageException($"--maps was given {given.Length} times for {files.Length} reports. Give it once for each, in the same order, or not at all.");
            }

            if (files.Concat(given).Any(f => Path.GetFullPath(f) == Path.GetFullPath(page)))
            {
                throw new UsageException($"'{page}' is read and would be overwritten. Choose another name for the page.");
            }

            (string colorMap, float alpha) = colours.Read(parsed);
            Reporter.Run(new ReportRequest(files, given, parsed.GetValue(image), page, colorMap, alpha));
            context.Output.WriteLine(page);
        });
        return command;
    }
}

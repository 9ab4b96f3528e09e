using System.CommandLine;
using System.Globalization;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Running;

namespace CAManim.Native.Cli.Commands;

/// <summary><c>methods</c>: the ways to make maps.</summary>
internal static class MethodsCommand
{
    public static Command Create(CommandContext context)
    {
        ModelOptions model = new(needsWeights: false, needsModel: false);
        Option<bool> json = new("--json") { Description = "Print JSON, with formulas and with what --compat reference changes." };
        Command command = new("methods", "Lists the CAM methods: what each needs and where it comes from; with --model also what it costs there, in forwards. Case, hyphens and ++ against PlusPlus do not matter where a method is named.");
        model.AddTo(command);
        command.Add(json);
        ExampleHelp.Add(command, "camanim methods", "camanim methods --model resnet50");
        command.SetAction(parsed =>
        {
            MethodsReport report = MethodLister.Run(model.ReadOptional(parsed, context.Error), context);
            if (parsed.GetValue(json))
            {
                context.Output.WriteLine(JsonText.Pretty(report));
            }
            else
            {
                Print(report, context.Output);
            }
        });
        return command;
    }

    private static void Print(MethodsReport report, TextWriter output)
    {
        int name = report.Descriptions.Max(m => m.Name.Length);
        string costs = report.Model is null ? "" : $"{"layers",6}  {"forwards",11}  ";
        output.WriteLine($"{"name".PadRight(name)}  {"class",-5}  {"needs",-20}  {costs}source");
        foreach (MethodEntry method in report.Descriptions)
        {
            string cost = report.Model is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{method.Layers,6}  {method.Forwards,11:N0}  ");
            output.WriteLine($"{method.Name.PadRight(name)}  {(method.DependsOnClass ? "yes" : "no"),-5}  {Needs(method),-20}  {cost}{method.Source}");
        }

        output.WriteLine();
        output.WriteLine("What methods can be told, by --method-option NAME=VALUE, and what holds where nothing is said:");
        foreach (MethodEntry method in report.Descriptions)
        {
            foreach (MethodOptionEntry option in method.Options)
            {
                output.WriteLine($"{method.Name.PadRight(name)}  {option.Name}={option.Standard}: {option.Description} ({option.Value})");
            }
        }

        if (report.Model is not null)
        {
            output.WriteLine();
            output.WriteLine($"Forwards of one image for all layers of {report.Model} at its own size; a backward counts as two, forwards that start at a layer count whole.");
        }
    }

    private static string Needs(MethodEntry method) => method switch
    {
        { ForwardsPerChannel: > 0 } => "C forwards a layer",
        { ForwardsPerPosition: > 0 } => "h·w forwards a layer",
        { ForwardsPerLayer: > 0 } => $"{method.ForwardsPerLayer} forwards a layer",
        { NeedsGradient: true } => "gradient",
        _ => "",
    };
}

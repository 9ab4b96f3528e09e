using System.CommandLine;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Models;

namespace CAManim.Native.Cli.Commands;

/// <summary><c>models</c>: the networks there are.</summary>
internal static class ModelsCommand
{
    public static Command Create(CommandContext context)
    {
        Option<bool> json = new("--json") { Description = "Print JSON, with the preprocessing." };
        Command command = new("models", "Lists the networks with parameters, modules, input size and classes.");
        command.Add(json);
        ExampleHelp.Add(command, "camanim models", "camanim models --json");
        command.SetAction(parsed =>
        {
            ModelInfo[] models = [.. ModelZoo.Names.Select(ModelZoo.Describe)];
            if (parsed.GetValue(json))
            {
                context.Output.WriteLine(JsonText.Pretty(new ModelsReport(models)));
                return;
            }

            int name = models.Max(m => m.Name.Length);
            context.Output.WriteLine($"{"name".PadRight(name)}  {"parameters",11}  modules  input  classes");
            foreach (ModelInfo model in models)
            {
                context.Output.WriteLine($"{model.Name.PadRight(name)}  {model.Parameters,11:N0}  {model.Layers,7}  {model.InputSize,5}  {model.Dataset} ({model.Classes})");
            }
        });
        return command;
    }
}

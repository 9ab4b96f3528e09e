using System.CommandLine;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Engine.Methods;

namespace CAManim.Native.Cli.Commands;

/// <summary><c>methods</c>: the ways to make maps.</summary>
internal static class MethodsCommand
{
    public static Command Create(CommandContext context)
    {
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Command command = new("methods", "Lists the CAM methods. Case, hyphens and ++ against PlusPlus do not matter where one is named.");
        command.Add(json);
        ExampleHelp.Add(command, "camanim methods");
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
            {
                context.Output.WriteLine(JsonText.Pretty(new MethodsReport(CamMethods.Names)));
                return;
            }

            foreach (string name in CamMethods.Names)
            {
                context.Output.WriteLine(name);
            }
        });
        return command;
    }
}

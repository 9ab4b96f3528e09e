using System.CommandLine;
using CAManim.Native.Cli.Json;
using CAManim.Native.Cli.Options;
using CAManim.Native.Cli.Running;
using CAManim.Native.Kernels.Texts;

namespace CAManim.Native.Cli.Commands;

/// <summary><c>layers</c>: what gives a frame, and what does not.</summary>
internal static class LayersCommand
{
    public static Command Create(CommandContext context)
    {
        ModelOptions model = new(needsWeights: false);
        InputOptions input = new();
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Command command = new("layers", "Lists a network's modules in registration order: class, output shape, parameters, and whether each gives a frame. Weights and input are not needed.");
        model.AddTo(command);
        input.AddTo(command);
        command.Add(json);
        ExampleHelp.Add(command, "camanim layers --model resnet18", "camanim layers --model resnet18 --size 448 --json");
        command.SetAction(parsed =>
        {
            LayersReport report = LayerLister.Run(model.Read(parsed, context.Error), input.Read(parsed, isRequired: false), context);
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

    private static void Print(LayersReport report, TextWriter output)
    {
        int name = Math.Max(4, report.Modules.Max(m => VisibleText.Line(m.Name).Length));
        int kind = Math.Max(5, report.Modules.Max(m => VisibleText.Line(m.ModuleClass).Length));
        output.WriteLine($"{"name".PadRight(name)}  {"class".PadRight(kind)}  {"shape",-18}  {"parameters",11}  frame");
        foreach (LayerEntry module in report.Modules)
        {
            string shape = module.Shape is null ? "-" : string.Join('x', module.Shape);
            output.WriteLine($"{(module.Name.Length == 0 ? "." : VisibleText.Line(module.Name)).PadRight(name)}  {VisibleText.Line(module.ModuleClass).PadRight(kind)}  {shape,-18}  {module.Parameters,11:N0}  {(module.Kept ? "yes" : VisibleText.Line($"no: {module.SkipReason}"))}");
        }

        output.WriteLine($"{report.Model} at {string.Join('x', report.InputShape)}: {report.Kept} frames, {report.Skipped} skipped, {report.Parameters:N0} parameters");
    }
}

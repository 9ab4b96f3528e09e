using System.CommandLine;
using CAManim.Native.Cli.Errors;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Models;

namespace CAManim.Native.Cli.Options;

/// <summary>What maps are computed.</summary>
internal sealed class CamOptionGroup
{
    private readonly Option<string> _target = new("--target", "-t") { Description = "What is explained: top, a class by index or name, not:CLASS (what speaks against it), or CLASS-CLASS (one against another).", HelpName = "CLASS", DefaultValueFactory = _ => "top" };
    private readonly Option<string> _method = new("--method") { Description = "How maps are made; 'camanim methods' lists the names.", HelpName = "NAME", DefaultValueFactory = _ => "GradCAM" };
    private readonly Option<string> _layers = new("--layers") { Description = "Which modules give frames: all, leaves (those without children), a glob over names ('layer3.*'; several separated by commas), or class:NAME.", HelpName = "all|leaves|GLOB|class:NAME", DefaultValueFactory = _ => "all" };
    private readonly Option<string> _order = Choice.Option("--order", "Order of the frames: as the modules return, or as they were registered (as the published Python code).", "execution", "execution", "registration");
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of RandomCAM and of ROAD's noise.", HelpName = "N", DefaultValueFactory = _ => 0 };

    private readonly bool _hasTarget;

    /// <param name="hasTarget">Whether there is the one --target; a command of several has its own.</param>
    public CamOptionGroup(bool hasTarget = true) => _hasTarget = hasTarget;

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[.. _hasTarget ? [_target] : (Option[])[], _method, _layers, _order, _seed])
        {
            command.Add(option);
        }
    }

    public string Target(ParseResult parsed) => parsed.GetValue(_target)!;

    public string Layers(ParseResult parsed) => parsed.GetValue(_layers)!;

    /// <exception cref="UsageException">There is no such method.</exception>
    public CamOptions Read(ParseResult parsed)
    {
        string name = parsed.GetValue(_method)!;
        if (!CamMethods.TryParse(name, out CamMethod method))
        {
            throw new UsageException($"There is no method '{name}'.{NearestNames.Question(name, CamMethods.Names)} Known are {string.Join(", ", CamMethods.Names)}.");
        }

        string layers = Layers(parsed);
        if (string.IsNullOrWhiteSpace(layers) || layers is "class:")
        {
            throw new UsageException($"--layers '{layers}' selects nothing. Use all, leaves, a glob over names or class:NAME.");
        }

        return new CamOptions
        {
            Method = method,
            Layers = LayerSelection.Parse(layers),
            Order = Enum.Parse<LayerOrder>(parsed.GetValue(_order)!, ignoreCase: true),
            Seed = parsed.GetValue(_seed),
        };
    }
}

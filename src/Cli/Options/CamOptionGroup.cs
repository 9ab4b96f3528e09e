using System.CommandLine;
using CAManim.Native.Cli.Errors;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;

namespace CAManim.Native.Cli.Options;

/// <summary>What maps are computed.</summary>
internal sealed class CamOptionGroup
{
    private readonly Option<string[]> _targets = new("--target", "-t") { Description = "What is explained: top, a class by index or name, not:CLASS (what speaks against it), CLASS-CLASS (one against another), top:COUNT, finer[:CLASS] (a class less its nearest rival), rest[:CLASS] (logit and log of the softmax); give several for maps of each.", HelpName = "CLASS", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["top"] };
    private readonly Option<string> _method = new("--method") { Description = "How maps are made; 'camanim methods' lists the names.", HelpName = "NAME", DefaultValueFactory = _ => "GradCAM" };
    private readonly Option<string> _layers = new("--layers") { Description = "Which modules give frames: all, leaves (those without children), a glob over names ('layer3.*'; several separated by commas), or class:NAME.", HelpName = "all|leaves|GLOB|class:NAME", DefaultValueFactory = _ => "all" };
    private readonly Option<string> _order = Choice.Option("--order", "Order of the frames: as the modules return, or as they were registered (as the published Python code).", "execution", "execution", "registration");
    private readonly Option<string> _compat = Choice.Option("--compat", "Whom methods follow where papers and Python programs differ: 'camanim methods --json' says where.", "paper", "paper", "reference");
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of RandomCAM and of ROAD's noise.", HelpName = "N", DefaultValueFactory = _ => 0 };

    private readonly Option<bool> _augment = new("--aug-smooth") { Description = "Smooth: mean maps of six versions of the picture, mirrored or not, times 0.9, 1 and 1.1 (six times the work)." };
    private readonly Option<bool> _eigen = new("--eigen-smooth") { Description = "Smooth: the first principal component of the weighted channels in the place of their sum." };

    private readonly Option<string?> _channels = new("--channels") { Description = "Methods that run the network for every channel (ScoreCAM, AblationCAM) look at this many of a layer only, those with the largest activations.", HelpName = "top:COUNT" };

    private readonly Option<string[]> _methodOptions = new("--method-option") { Description = "What a method can be told, such as base=LayerCAM for FinerCAM; 'camanim methods' lists what each takes. Several times for several.", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };
    private readonly Option<string> _precision = Choice.Option("--precision", "What the network computes in: f32, as it is; bf16, faster on cards and processors that multiply it, maps change (docs/gpu.md).", "f32", "f32", "bf16");
    private readonly Option<string> _format = Choice.Option("--memory-format", "How pictures and activations lie in memory: contiguous, or channels-last, which cards with tensor cores prefer.", "contiguous", "contiguous", "channels-last");

    private readonly ActivationOption _activation = new();
    private readonly bool _hasMethod;
    private readonly bool _hasPrecision;

    /// <param name="hasMethod">Whether there is the one --method; a command of several has its own.</param>
    /// <param name="hasPrecision">Whether --precision is about the maps; a command whose --precision is about scores computes maps in float32.</param>
    public CamOptionGroup(bool hasMethod = true, bool hasPrecision = true) => (_hasMethod, _hasPrecision) = (hasMethod, hasPrecision);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_targets, .. _hasMethod ? [_method] : (Option[])[], _layers, _order, _compat, _seed, _augment, _eigen, _channels, _methodOptions, .. _hasPrecision ? [_precision] : (Option[])[], _format])
        {
            command.Add(option);
        }

        _activation.AddTo(command);
    }

    /// <summary>The targets as they were given, each once.</summary>
    public IReadOnlyList<string> Targets(ParseResult parsed) => [.. parsed.GetValue(_targets)!.Distinct()];

    public string Layers(ParseResult parsed) => parsed.GetValue(_layers)!;

    /// <summary>Whether a method was asked for.</summary>
    public bool IsMethodGiven(ParseResult parsed) => parsed.GetResult(_method) is { Implicit: false };

    /// <summary>The method of --method.</summary>
    /// <exception cref="UsageException">There is no such method.</exception>
    public CamMethod Method(ParseResult parsed) => MethodList.Find(parsed.GetValue(_method)!);

    /// <summary>What was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="methods">The methods of a command of several; null for the one --method.</param>
    /// <exception cref="UsageException">There is no such method, or an option's value is none.</exception>
    public CamOptions Read(ParseResult parsed, IReadOnlyList<CamMethod>? methods = null)
    {
        methods ??= [Method(parsed)];
        string layers = Layers(parsed);
        if (string.IsNullOrWhiteSpace(layers) || layers is "class:")
        {
            throw new UsageException($"--layers '{layers}' selects nothing. Use all, leaves, a glob over names or class:NAME.");
        }

        CamOptions options = new()
        {
            Method = methods[0],
            Activation = _activation.Read(parsed),
            Layers = LayerSelection.Parse(layers),
            Order = Enum.Parse<LayerOrder>(parsed.GetValue(_order)!, ignoreCase: true),
            Compatibility = Enum.Parse<Compatibility>(parsed.GetValue(_compat)!, ignoreCase: true),
            Seed = parsed.GetValue(_seed),
            AugmentationSmoothing = parsed.GetValue(_augment),
            EigenSmoothing = parsed.GetValue(_eigen),
            ChannelLimit = ReadChannels(parsed.GetValue(_channels)),
            Precision = _hasPrecision ? Choice.Precision(parsed.GetValue(_precision)!) : Precision.Float32,
            MemoryFormat = Choice.MemoryFormat(parsed.GetValue(_format)!),
        };
        return MethodOption.Apply(options, parsed.GetValue(_methodOptions)!, methods);
    }

    private static int? ReadChannels(string? text) => text switch
    {
        null => null,
        _ when text.StartsWith("top:", StringComparison.Ordinal) && Numbers.Whole(text[4..]) is > 0 and int count => count,
        _ => throw new UsageException($"--channels '{text}' is not top:COUNT with a count of 1 or more, for instance top:64."),
    };
}

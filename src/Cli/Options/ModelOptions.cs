using System.CommandLine;

namespace CAManim.Native.Cli.Options;

/// <summary>Which network, with which weights.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string> _model = new("--model", "-m") { Description = "Name of the network; 'camanim models' lists them.", HelpName = "NAME", Required = true };
    private readonly Option<string?> _weights = new("--weights", "-w") { Description = "Weights: .safetensors, .pth, .pt, .th, TorchSharp's .dat; default (what comes with the tool, or torchvision's published file, downloaded once); or rule:SALT (made-up weights that any language can recompute).", HelpName = "FILE|default|rule:SALT" };

    private readonly Option<bool> _offline = new("--offline") { Description = "Never download weights: take published ones from the cache (TORCH_HOME) or fail." };

    /// <param name="needsWeights">Whether the command cannot do without weights.</param>
    public ModelOptions(bool needsWeights = true) => _weights.Required = needsWeights;

    public void AddTo(Command command)
    {
        command.Add(_model);
        command.Add(_weights);
        command.Add(_offline);
    }

    public string Model(ParseResult parsed) => parsed.GetValue(_model)!;

    public string? Weights(ParseResult parsed) => parsed.GetValue(_weights);

    public bool IsOffline(ParseResult parsed) => parsed.GetValue(_offline);
}

using System.CommandLine;

namespace CAManim.Native.Cli.Options;

/// <summary>Which network, with which weights.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string> _model = new("--model", "-m") { Description = "Name of the network ('camanim models' lists them), an ONNX file, or a class in a .NET assembly, its constructor's arguments behind it as JSON: ./mine.dll:My.Net[10] or ./mine.dll:My.Net{\"classes\":10}.", HelpName = "NAME|FILE.onnx|FILE.dll:TYPE" };
    private readonly Option<string?> _weights = new("--weights", "-w") { Description = "Weights: .safetensors, .pth, .pt, .th, TorchSharp's .dat; default (what comes with the tool, or torchvision's published file, downloaded once); or rule:SALT (made-up weights that any language can recompute). ONNX files and the tool's own networks (demo_scenes, demo_phantom) bring theirs.", HelpName = "FILE|default|rule:SALT" };

    private readonly bool _needsWeights;

    private readonly bool _needsModel;

    private readonly Option<bool> _offline = new("--offline") { Description = "Never download weights: take published ones from the cache (TORCH_HOME) or fail." };

    /// <param name="needsWeights">Whether the command cannot do without weights.</param>
    /// <param name="needsModel">Whether the command cannot do without a network.</param>
    public ModelOptions(bool needsWeights = true, bool needsModel = true)
    {
        (_needsWeights, _needsModel) = (needsWeights, needsModel);
        _model.Required = needsModel;
    }

    public void AddTo(Command command)
    {
        command.Add(_model);
        command.Add(_weights);
        command.Add(_offline);
        command.Validators.Add(result =>
        {
            // The parser's own check of required options is not made once there is an error. Tokens, because asking for the value of an option that lacks it throws.
            if (_needsModel && result.GetResult(_model) is not { Tokens.Count: > 0 })
            {
                result.AddError("Option '--model' is required.");
            }

            bool hasItsOwn = result.GetResult(_model)?.Tokens is [var model, ..] && HasItsOwnWeights(model.Value);
            if (_needsWeights && !hasItsOwn && result.GetResult(_weights) is null)
            {
                result.AddError("Option '--weights' is required.");
            }
        });
    }

    public string Model(ParseResult parsed) => parsed.GetValue(_model)!;

    /// <summary>The network, where the command can do without one.</summary>
    public string? OptionalModel(ParseResult parsed) => parsed.GetValue(_model);

    /// <summary>What was asked for; the network's own weights where nothing was.</summary>
    public string? Weights(ParseResult parsed) => parsed.GetValue(_weights) ?? (OptionalModel(parsed) is { } model && HasItsOwnWeights(model) ? "default" : null);

    public bool IsOffline(ParseResult parsed) => parsed.GetValue(_offline);

    // Not the library's own check: help and usage errors are to come without loading libtorch.
    private static bool HasItsOwnWeights(string model) =>
        model.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) || model.StartsWith("demo_", StringComparison.OrdinalIgnoreCase);
}

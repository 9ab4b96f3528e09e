using System.CommandLine;
using CAManim.Native.Kernels.Texts;

namespace CAManim.Native.Cli.Options;

/// <summary>Which network, with which weights and classes.</summary>
internal sealed class ModelOptions
{
    private const string WeightKinds = "FILE (.safetensors, .pth, ...), 'default' (published or brought along) or 'rule:SALT' (made up, for trying out)";

    private readonly Option<string> _model = new("--model", "-m") { Description = "Name of the network ('camanim models' lists them), an ONNX file, or a class in a .NET assembly, its constructor's arguments behind it as JSON: ./mine.dll:My.Net[10] or ./mine.dll:My.Net{\"classes\":10}.", HelpName = "NAME|FILE.onnx|FILE.dll:TYPE" };
    private readonly Option<string?> _weights = new("--weights", "-w") { Description = "Weights: .safetensors (or the .index.json of several), .pth, .pt, .th, .ckpt, TorchSharp's .dat; default (what comes with the tool, or torchvision's published file, downloaded once); or rule:SALT (made-up weights that any language can recompute). ONNX files, the tool's own networks (demo_scenes, demo_phantom) and assemblies whose constructor loads or seeds bring theirs. A file of a network that was trained for other classes gives it as many.", HelpName = "FILE|default|rule:SALT" };
    private readonly Option<string?> _key = new("--weights-key") { Description = "Which weights of a file that holds several: the key in the checkpoint (model_ema), or what all their keys begin with (teacher).", HelpName = "KEY" };
    private readonly Option<string?> _classes = new("--classes") { Description = "Names of the classes, in order: a file (one a line; a JSON list; a JSON object of indices and names, either way; CSV), or the names with commas between.", HelpName = "FILE|A,B,C" };

    private readonly Option<string?> _outputName = new("--output-name") { Description = "Which output of an ONNX file holds the logits, where it has several. Without it the one that looks like logits is taken, and said.", HelpName = "NAME" };

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
        foreach (Option option in (Option[])[_model, _weights, _key, _classes, _outputName, _offline])
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            // The parser's own check of required options is not made once there is an error. Tokens, because asking for the value of an option that lacks it throws.
            if (_needsModel && result.GetResult(_model) is not { Tokens.Count: > 0 })
            {
                result.AddError("Option '--model' is required.");
            }

            if (result.GetResult(_outputName) is { Tokens.Count: > 0 } && result.GetResult(_model)?.Tokens is [var named, ..] && !IsOnnx(named.Value))
            {
                result.AddError($"Option '--output-name' chooses among the outputs of an ONNX file; '{named.Value}' is none. Leave it out, or give --model FILE.onnx.");
            }

            bool hasItsOwn = result.GetResult(_model)?.Tokens is [var model, ..] && HasItsOwnWeights(model.Value);
            if (_needsWeights && !hasItsOwn && result.GetResult(_weights) is null)
            {
                result.AddError($"Option '--weights' is required: {WeightKinds}.");
            }
        });
    }

    /// <summary>What was asked for; the network's own weights where none were. An output that was asked for stands behind its file.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="stderr">Where remarks go.</param>
    public NetworkRequest Read(ParseResult parsed, TextWriter stderr) => ReadOptional(parsed, stderr)!;

    /// <summary>The same; null where no network was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="stderr">Where remarks go.</param>
    public NetworkRequest? ReadOptional(ParseResult parsed, TextWriter stderr) => parsed.GetValue(_model) is not { } model ? null
        : new NetworkRequest(parsed.GetValue(_outputName) is { } output ? $"{model}:{output}" : model, parsed.GetValue(_weights) ?? (HasItsOwnWeights(model) ? "default" : null))
        {
            IsOffline = parsed.GetValue(_offline),
            WeightsKey = parsed.GetValue(_key),
            Classes = parsed.GetValue(_classes),
            Warn = remark => stderr.WriteLine($"camanim: {VisibleText.Line(remark)}"),
        };

    // Not the library's own check: help and usage errors are to come without loading libtorch.
    private bool HasItsOwnWeights(string model) =>
        IsOnnx(model) || model.StartsWith("demo_", StringComparison.OrdinalIgnoreCase)
        || (_needsWeights && model.Contains(".dll:", StringComparison.OrdinalIgnoreCase));

    private static bool IsOnnx(string model) => model.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) || model.Contains(".onnx:", StringComparison.OrdinalIgnoreCase);
}

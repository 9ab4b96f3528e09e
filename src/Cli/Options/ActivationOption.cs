using System.CommandLine;
using CAManim.Native.Kernels.Outputs;

namespace CAManim.Native.Cli.Options;

/// <summary>How a network's outputs become scores.</summary>
internal sealed class ActivationOption
{
    private readonly Option<string> _activation = Choice.Option(
        "--activation",
        "How the network's outputs become the scores of classes (captions, ROAD, curves): softmax, one of several; sigmoid, each by itself; none, the output as it is; auto: by the network's last operation, sigmoid for one output, else softmax.",
        "auto",
        "auto",
        "softmax",
        "sigmoid",
        "none");

    public void AddTo(Command command) => command.Add(_activation);

    public ScoreActivation Read(ParseResult parsed) => Choice.Activation(parsed.GetValue(_activation)!);
}

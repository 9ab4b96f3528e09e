using System.CommandLine;
using System.Text.RegularExpressions;

namespace CAManim.Native.Cli.Options;

/// <summary>Where the network runs.</summary>
internal sealed partial class DeviceOption
{
    private readonly Option<string> _device = new("--device") { Description = "Where the network runs and maps are made: auto (a card where one can be used, else the processor; 'camanim doctor' says which and why), cpu, cuda, or cuda:1 for the second card.", HelpName = "auto|cpu|cuda[:N]", DefaultValueFactory = _ => "auto" };

    public DeviceOption() => _device.Validators.Add(result =>
    {
        string? value = result.Tokens.Count == 0 ? null : result.Tokens[^1].Value;
        if (value is not null && !Name().IsMatch(value))
        {
            result.AddError($"--device '{value}' is no device. Use auto, cpu, cuda or cuda:N.");
        }
    });

    public void AddTo(Command command) => command.Add(_device);

    public string Read(ParseResult parsed) => parsed.GetValue(_device)!;

    // Not the library's own parser: help and usage errors are to come without loading libtorch.
    [GeneratedRegex(@"^(auto|cpu|cuda(:[0-9]{1,3})?)$")]
    private static partial Regex Name();
}

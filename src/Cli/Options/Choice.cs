using System.CommandLine;
using CAManim.Native.Engine;
using CAManim.Native.Kernels.Outputs;

namespace CAManim.Native.Cli.Options;

/// <summary>Options that take one of a few words.</summary>
internal static class Choice
{
    /// <summary>What f32 and bf16 stand for.</summary>
    public static Precision Precision(string word) => word.Equals("bf16", StringComparison.OrdinalIgnoreCase) ? Engine.Precision.BFloat16 : Engine.Precision.Float32;

    /// <summary>The word for a precision.</summary>
    public static string NameOf(Precision precision) => precision == Engine.Precision.BFloat16 ? "bf16" : "f32";

    /// <summary>What contiguous and channels-last stand for.</summary>
    public static MemoryFormat MemoryFormat(string word) => word.Equals("channels-last", StringComparison.OrdinalIgnoreCase) ? Engine.MemoryFormat.ChannelsLast : Engine.MemoryFormat.Contiguous;

    /// <summary>The word for a memory format.</summary>
    public static string NameOf(MemoryFormat format) => format == Engine.MemoryFormat.ChannelsLast ? "channels-last" : "contiguous";

    /// <summary>What auto, softmax, sigmoid and none stand for.</summary>
    public static ScoreActivation Activation(string word) => Enum.Parse<ScoreActivation>(word, ignoreCase: true);

    /// <summary>The word for an activation.</summary>
    public static string NameOf(ScoreActivation activation) => activation.ToString().ToLowerInvariant();

    /// <summary>Makes an option; a wrong word is answered with the right ones.</summary>
    public static Option<string> Option(string name, string description, string standard, params string[] words)
    {
        Option<string> option = new(name) { Description = description, HelpName = string.Join('|', words), DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            string? value = result.Tokens.Count == 0 ? null : result.Tokens[^1].Value;
            if (value is not null && !words.Contains(value, StringComparer.OrdinalIgnoreCase))
            {
                result.AddError($"{name} '{value}' is not known. Use one of {string.Join(", ", words)}.");
            }
        });
        return option;
    }
}

using System.CommandLine;
using CAManim.Native.Cli.Errors;
using CAManim.Native.Kernels.Frames;
using CAManim.Native.Models;

namespace CAManim.Native.Cli.Options;

/// <summary>The colours of maps.</summary>
internal sealed class ColourOptionGroup
{
    private readonly Option<string> _colorMap = new("--colormap") { Description = "Colours: jet, turbo, viridis, inferno, magma, plasma, cividis, hot, bone.", HelpName = "NAME", DefaultValueFactory = _ => "jet" };
    private readonly Option<float> _alpha = new("--alpha") { Description = "Share of the colours over the picture, 0 to 1.", HelpName = "A", DefaultValueFactory = _ => 0.5f };

    public IEnumerable<Option> Options => [_colorMap, _alpha];

    /// <summary>Name of the colour map, and alpha.</summary>
    /// <exception cref="UsageException">A value is out of range or unknown.</exception>
    public (string ColorMap, float Alpha) Read(ParseResult parsed)
    {
        string colorMap = parsed.GetValue(_colorMap)!;
        if (!ColorMaps.Names.Contains(colorMap, StringComparer.OrdinalIgnoreCase))
        {
            throw new UsageException($"There is no colour map '{colorMap}'.{NearestNames.Question(colorMap, ColorMaps.Names)} Known are {string.Join(", ", ColorMaps.Names)}.");
        }

        float alpha = parsed.GetValue(_alpha);
        if (!(alpha is >= 0 and <= 1))
        {
            throw new UsageException($"--alpha {alpha} is out of range. Give the share of the colours over the picture, from 0 to 1.");
        }

        return (colorMap.ToLowerInvariant(), alpha);
    }
}

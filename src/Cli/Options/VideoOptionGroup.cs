using System.CommandLine;
using CAManim.Native.Cli.Errors;
using CAManim.Native.Encoding;

namespace CAManim.Native.Cli.Options;

/// <summary>How the video looks.</summary>
internal sealed class VideoOptionGroup
{
    private readonly Option<string> _norm;
    private readonly ColourOptionGroup _colours = new();
    private readonly Option<double> _fps = new("--fps") { Description = "Layers a second, at most 1000 (GIF: 100).", HelpName = "N", DefaultValueFactory = _ => 5 };
    private readonly Option<int?> _scale = new("--scale") { Description = "Pixels of the video for each of the input, along its longer side. Default: pictures grow by whole numbers to a panel of about 256, and shrink to 448.", HelpName = "N" };
    private readonly Option<int?> _width = new("--width") { Description = "Most columns of the video: panels are as large as that allows. Instead of --scale.", HelpName = "PIXELS" };
    private readonly Option<bool> _image = new("--image-panel") { Description = "Show the plain picture beside the maps." };

    /// <param name="normalisation">What is shown where nothing is asked for.</param>
    public VideoOptionGroup(string normalisation = "both") =>
        _norm = Choice.Option("--norm", "Normalisation shown: each map by its own range (local), all by one (global), or both.", normalisation, "both", "local", "global");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_norm, .. _colours.Options, _fps, _scale, _width, _image])
        {
            command.Add(option);
        }
    }

    /// <exception cref="UsageException">A value is out of range or unknown.</exception>
    public VideoOptions Read(ParseResult parsed)
    {
        (string colorMap, float alpha) = _colours.Read(parsed);
        double fps = parsed.GetValue(_fps);
        if (!(fps is > 0 and <= 1000))
        {
            throw new UsageException($"--fps {fps} is out of range. Give the layers a second, above 0 and at most 1000.");
        }

        int? scale = parsed.GetValue(_scale);
        if (scale is < 1 or > 64)
        {
            throw new UsageException($"--scale {scale} is out of range. Give 1 to 64.");
        }

        int? width = parsed.GetValue(_width);
        if (width is < 64 or > 16384)
        {
            throw new UsageException($"--width {width} is out of range. Give 64 to 16384.");
        }

        if (scale is not null && width is not null)
        {
            throw new UsageException("--scale and --width both say how large the video is. Give one of them.");
        }

        return new VideoOptions
        {
            View = Enum.Parse<NormalisationView>(parsed.GetValue(_norm)!, ignoreCase: true),
            ColorMap = colorMap,
            Alpha = alpha,
            FramesPerSecond = fps,
            Scale = scale,
            Width = width,
            ShowImage = parsed.GetValue(_image),
        };
    }
}

using System.CommandLine;
using System.Globalization;
using CAManim.Native.Cli.Errors;
using CAManim.Native.Models.Images;

namespace CAManim.Native.Cli.Options;

/// <summary>What goes into the network.</summary>
internal sealed class InputOptions
{
    private readonly Option<string?> _image = new("--image", "-i") { Description = "Picture: PNG, JPEG, WebP, TIFF, BMP or GIF, of 8 or 16 bits; orientation (EXIF) is applied, transparent pixels are laid over white. Or demo:NAME for one that the tool draws: ring-and-star, crescent-and-star, cross-and-circle, star-and-crescent, hexagon-and-circle, phantom-malignant, phantom-benign, phantom-normal.", HelpName = "FILE|demo:NAME" };
    private readonly Option<string?> _tensor = new("--input-tensor") { Description = "A ready, normalised tensor [3,H,W] or [1,3,H,W] (one channel: [1,H,W]) instead of a picture.", HelpName = "FILE.safetensors:KEY" };
    private readonly Option<string> _resize = Choice.Option("--resize", "stretch: to a square, as the paper does; crop: shorter side to 256/224, antialiased, then the middle, as torchvision does; keep: original size, for medical images.", "stretch", "stretch", "crop", "keep");
    private readonly Option<string?> _size = new("--size") { Description = "Side of the input in pixels, or its height and width (stretch only). Default: the network's own.", HelpName = "N|HxW" };
    private readonly Option<string?> _mean = new("--mean") { Description = "Means to subtract from R, G, B in [0,1]. Default: the network's own.", HelpName = "R,G,B" };
    private readonly Option<string?> _deviation = new("--std") { Description = "Deviations to divide by. Default: the network's own.", HelpName = "R,G,B" };
    private readonly Option<string> _range = new("--range") { Description = "Values of the picture that become black and white (window and level). auto: all of 8 bits; of 16 bits as many as are made use of, which is said; full: all that the file's samples can have; or two values.", HelpName = "auto|full|MIN:MAX", DefaultValueFactory = _ => "auto" };

    private readonly Option<string> _show = Choice.Option("--show", "What maps are laid over. original: the picture in its own aspect, what --resize crop cut off dimmed; input: what the network saw, as the paper shows.", "original", "original", "input");

    private readonly Option<string[]> _images;
    private readonly Option<string[]> _tensors;
    private readonly bool _isSeveral;
    private readonly bool _isShown;
    private readonly Argument<string[]>? _pictures;

    /// <param name="isSeveral">Whether --image or --input-tensor may be given several times.</param>
    /// <param name="isShown">Whether the picture is shown under maps.</param>
    /// <param name="positional">What is said of pictures that are named without an option; null: they are not taken.</param>
    public InputOptions(bool isSeveral = false, bool isShown = false, string? positional = null)
    {
        if (positional is not null)
        {
            _pictures = new Argument<string[]>("picture") { Description = positional, HelpName = "PICTURE", Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => [] };

            // What begins with a hyphen is a mistyped option.
            _pictures.Validators.Add(result =>
            {
                foreach (string token in result.Tokens.Select(t => t.Value).Where(t => t.StartsWith('-')))
                {
                    result.AddError($"There is no option '{token}'.");
                }
            });
        }

        (_isSeveral, _isShown) = (isSeveral, isShown);
        _images = new Option<string[]>("--image", "-i") { Description = $"{_image.Description} Give several for a row each.", HelpName = "FILE|demo:NAME", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        _tensors = new Option<string[]>("--input-tensor") { Description = $"{_tensor.Description} Give several for a row each.", HelpName = _tensor.HelpName, AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
    }

    public void AddTo(Command command)
    {
        if (_pictures is not null)
        {
            command.Add(_pictures);
        }

        foreach (Option option in (Option[])[.. _isSeveral ? (Option[])[_images, _tensors] : [_image, _tensor], _resize, _size, _mean, _deviation, _range, .. _isShown ? (Option[])[_show] : []])
        {
            command.Add(option);
        }
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="isRequired">Whether there has to be an input.</param>
    public InputRequest Read(ParseResult parsed, bool isRequired = true)
    {
        string? image = _isSeveral ? parsed.GetValue(_images)!.FirstOrDefault() : parsed.GetValue(_image);
        string? tensor = _isSeveral ? parsed.GetValue(_tensors)!.FirstOrDefault() : parsed.GetValue(_tensor);
        if (image is not null && tensor is not null)
        {
            throw new UsageException("Both --image and --input-tensor were given. Give one of them.");
        }

        string[] pictures = Named(parsed);
        if (pictures.Length > 0 && (image ?? tensor) is { } other)
        {
            throw new UsageException($"Both '{pictures[0]}' and '{other}' were given. Name pictures with or without --image, not both.");
        }

        image ??= pictures.FirstOrDefault();

        if (isRequired && image is null && tensor is null)
        {
            throw new UsageException($"No input was given. Name a picture ({(_pictures is null ? "--image FILE" : $"camanim {parsed.CommandResult.Command.Name} FILE, or --image FILE")}), or a tensor with --input-tensor FILE.safetensors:KEY.");
        }

        (int Height, int Width)? size = ReadSize(parsed.GetValue(_size));
        string resize = parsed.GetValue(_resize)!.ToLowerInvariant();
        if (size is { } s && s.Height != s.Width && resize != "stretch")
        {
            throw new UsageException($"--size {s.Height}x{s.Width} is no square, which --resize {resize} cannot give. Use --resize stretch.");
        }

        if (tensor is not null && (size is not null || parsed.GetResult(_resize) is { Implicit: false }))
        {
            throw new UsageException("--size and --resize are for pictures; --input-tensor is taken as it is. Leave them out.");
        }

        if (tensor is not null && parsed.GetResult(_range) is { Implicit: false })
        {
            throw new UsageException("--range is for pictures; --input-tensor is taken as it is. Leave it out.");
        }

        return new InputRequest(image, tensor, resize, size, ReadNumbers(parsed.GetValue(_mean), "--mean"), ReadNumbers(parsed.GetValue(_deviation), "--std", allowZero: false)) 
        {
            Range = Range(parsed.GetValue(_range)!),
            ShowsInput = _isShown && parsed.GetValue(_show)!.Equals("input", StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>One input a picture or tensor; one or more.</summary>
    /// <param name="parsed">The command line.</param>
    public IReadOnlyList<InputRequest> ReadAll(ParseResult parsed)
    {
        InputRequest first = Read(parsed);
        string[] files = parsed.GetValue(first.Image is null ? _tensors : _images)!;

        // An option that takes several values takes a mistyped option for one of them.
        if (files.FirstOrDefault(f => f.StartsWith("--", StringComparison.Ordinal)) is { } mistyped)
        {
            throw new UsageException($"There is no option '{mistyped}'. 'camanim {parsed.CommandResult.Command.Name} --help' lists those that there are.");
        }

        return [.. files.Select(file => first.Image is null ? first with { Tensor = file } : first with { Image = file })];
    }

    /// <summary>The only input, of a command that takes no more.</summary>
    /// <exception cref="UsageException">There are several.</exception>
    public InputRequest ReadOne(ParseResult parsed)
    {
        InputRequest request = Read(parsed);
        return Named(parsed).Length > 1 || Directory.Exists(request.Image)
            ? throw new UsageException($"'camanim {parsed.CommandResult.Command.Name}' takes one picture; several, or a folder, were given. 'camanim run', 'predict' and 'figure' take several.")
            : request;
    }

    /// <summary>Each picture, those of folders too, or the tensor.</summary>
    /// <exception cref="IOException">A folder has no picture.</exception>
    public IReadOnlyList<InputRequest> ReadEach(ParseResult parsed)
    {
        InputRequest first = Read(parsed);
        string[] named = Named(parsed);
        return first.Image is null ? [first] : [.. PictureFiles.Expand(named.Length > 0 ? named : [first.Image]).Select(file => first with { Image = file })];
    }

    /// <summary>Whether pictures were named without an option.</summary>
    public bool IsNamed(ParseResult parsed) => Named(parsed).Length > 0;

    private string[] Named(ParseResult parsed) => _pictures is null ? [] : parsed.GetValue(_pictures)!;

    private static (int Height, int Width)? ReadSize(string? text)
    {
        if (text is null)
        {
            return null;
        }

        string[] parts = text.Split('x', 'X');
        if (parts.Length is 1 or 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int height)
            && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            && height is >= 1 and <= 8192 && width is >= 1 and <= 8192)
        {
            return (height, width);
        }

        throw new UsageException($"--size '{text}' is no size. Give a side of 1 to 8192 pixels, for instance 224, or height x width, for instance 224x320.");
    }

    private static PictureRange Range(string text)
    {
        try
        {
            return PictureRange.Parse(text);
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"--range: {error.Message}");
        }
    }

    // Means above 1 are those of pixels from 0 to 255.
    private static float[]? ReadNumbers(string? text, string option, bool allowZero = true)
    {
        if (text is null)
        {
            return null;
        }

        const float Largest = 5;
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        float[] values = new float[parts.Length];
        bool isGood = parts.Length is 1 or 3;
        for (int c = 0; c < parts.Length && isGood; c++)
        {
            isGood = float.TryParse(parts[c], NumberStyles.Float, CultureInfo.InvariantCulture, out values[c]) && float.IsFinite(values[c]) && (allowZero || values[c] != 0);
        }

        if (!isGood)
        {
            throw new UsageException($"{option} '{text}' are no {(allowZero ? "" : "nonzero ")}numbers for R, G and B. Give three, for instance {option} 0.485,0.456,0.406, or one for all.");
        }

        return values.All(v => Math.Abs(v) <= Largest)
            ? values
            : throw new UsageException($"{option} {text} is on the scale of pixels from 0 to 255; here pixels go from 0 to 1. Divide by 255: {option} {string.Join(',', values.Select(v => (v / 255).ToString("0.####", CultureInfo.InvariantCulture)))}.");
    }
}

using CAManim.Native.Cli.Options;
using CAManim.Native.Encoding;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Pictures;
using CAManim.Native.Models.Images;

namespace CAManim.Native.Cli.Running;

/// <summary>What maps are laid over: the picture in its own aspect, or what the network saw.</summary>
internal sealed class ShownPicture
{
    // More is not seen in a video or on a page, and would be scaled again for every output.
    private const int LargestSide = 2048;

    private readonly int? _inputSide;

    private ShownPicture(RgbImage full, MapArea? area, int? inputSide) => (Full, Image, Area, _inputSide) = (full, Bounded(full, LargestSide), area, inputSide);

    /// <summary>At its own size.</summary>
    public RgbImage Full { get; }

    /// <summary>The same, no larger than videos need it.</summary>
    public RgbImage Image { get; }

    /// <summary>What the network saw of it; null for all.</summary>
    public MapArea? Area { get; }

    public static ShownPicture Of(InputRequest request, ModelInput input) => Of(request.ShowsInput, input);

    public static ShownPicture Of(bool isInput, ModelInput input) => isInput || ReferenceEquals(input.Original, input.Image)
        ? new ShownPicture(input.Image, null, null)
        : new ShownPicture(input.Original, input.Area, Math.Max(input.Height, input.Width));

    /// <summary>The picture with no side longer than this.</summary>
    public static RgbImage Bounded(RgbImage image, int side)
    {
        int longer = Math.Max(image.Width, image.Height);
        return longer <= side ? image : AntialiasedResize.Apply(image, Length(image.Width), Length(image.Height));

        int Length(int length) => Math.Max(1, (int)Math.Round(length * (double)side / longer));
    }

    /// <summary>How a video of it looks: a scale is of the input's pixels, whatever is shown.</summary>
    public VideoOptions Options(VideoOptions asked) => asked with
    {
        MapArea = Area,
        Scale = _inputSide is null ? asked.Scale : null,
        PanelSize = _inputSide is { } side && asked.Scale is { } scale ? Math.Clamp(scale * side, 16, 8192) : asked.PanelSize,
    };
}

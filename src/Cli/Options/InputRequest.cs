using CAManim.Native.Models.Images;

namespace CAManim.Native.Cli.Options;

/// <summary>What goes into the network, as it was asked for.</summary>
/// <param name="Image">A picture, or null.</param>
/// <param name="Tensor">FILE:KEY, or null.</param>
/// <param name="Resize">stretch, crop or keep.</param>
/// <param name="Size">Height and width, or null for the network's own.</param>
/// <param name="Mean">Means, one for all or one a channel, or null for the network's own.</param>
/// <param name="StandardDeviation">Deviations, as the means, or null for the network's own.</param>
internal sealed record InputRequest(string? Image, string? Tensor, string Resize, (int Height, int Width)? Size, float[]? Mean, float[]? StandardDeviation)
{
    /// <summary>Which values of a picture become 0 and 1.</summary>
    public PictureRange Range { get; init; }

    /// <summary>Whether maps are shown over the network's input; else over the picture in its own aspect.</summary>
    public bool ShowsInput { get; init; }

    /// <summary>The file that is read, or null.</summary>
    public string? File => Image ?? TensorFile;

    /// <summary>The part of <see cref="Tensor"/> before its last colon; all of it where that file exists or there is none.</summary>
    public string? TensorFile => Tensor is null ? null : SplitAt < 0 ? Tensor : Tensor[..SplitAt];

    /// <summary>The part after the last colon, or null.</summary>
    public string? TensorKey => Tensor is null || SplitAt < 0 ? null : Tensor[(SplitAt + 1)..];

    private int SplitAt => Tensor is null || System.IO.File.Exists(Tensor) ? -1 : Tensor.LastIndexOf(':');
}

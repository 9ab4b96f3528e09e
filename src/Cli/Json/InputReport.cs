namespace CAManim.Native.Cli.Json;

/// <summary>What went into the network.</summary>
/// <param name="File">The picture or the tensor file.</param>
/// <param name="Key">The tensor, or null for a picture.</param>
/// <param name="Height">H of the input.</param>
/// <param name="Width">W of the input.</param>
/// <param name="Resize">How a picture was brought to size, or null for a tensor.</param>
/// <param name="ResizeSize">Side that the shorter edge was scaled to before the crop; null without one.</param>
/// <param name="Mean">Means that were subtracted.</param>
/// <param name="Std">Deviations that were divided by.</param>
internal sealed record InputReport(string? File, string? Key, int Height, int Width, string? Resize, int? ResizeSize, IReadOnlyList<float> Mean, IReadOnlyList<float> Std)
{
    /// <summary>Channels of the input; reports of versions that knew no other had 3.</summary>
    public int Channels { get; init; } = 3;

    /// <summary>The picture before it was resized; null of a tensor, and in reports of older versions.</summary>
    public PictureReport? Picture { get; init; }

    /// <summary>What maps are shown over: <c>original</c> or <c>input</c>.</summary>
    public string Show { get; init; } = "input";
}

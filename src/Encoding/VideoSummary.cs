namespace CAManim.Native.Encoding;

/// <summary>What <c>CamVideo.Write</c> wrote.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="Frames">F.</param>
/// <param name="Width">Columns of a frame.</param>
/// <param name="Height">Rows of a frame.</param>
/// <param name="Codec">libav's name of the encoder.</param>
/// <param name="SizeInBytes">Size of the file.</param>
/// <param name="Elapsed">Time from call to finished file.</param>
public sealed record VideoSummary(string Path, int Frames, int Width, int Height, string Codec, long SizeInBytes, TimeSpan Elapsed)
{
    /// <summary>Where maps are drawn on a card: why frames did not stay there until they were encoded; null where they did, or without a card.</summary>
    public string? Note { get; init; }
}

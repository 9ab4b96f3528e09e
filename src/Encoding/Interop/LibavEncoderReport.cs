namespace CAManim.Native.Encoding;

/// <summary>One encoder, tried.</summary>
/// <param name="Extension">The kind of file it writes, for instance <c>.mp4</c>.</param>
/// <param name="Name">libav's name of it.</param>
/// <param name="Problem">Null where it works, else why not.</param>
public sealed record LibavEncoderReport(string Extension, string Name, string? Problem)
{
    /// <summary>Whether it works here.</summary>
    public bool IsUsable => Problem is null;
}

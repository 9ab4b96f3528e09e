namespace CAManim.Native.Encoding;

/// <summary>What <see cref="Libav.Report"/> found.</summary>
public sealed record LibavReport
{
    /// <summary>FFmpeg's version, or null where libav is missing.</summary>
    public string? Version { get; init; }

    /// <summary>The libraries with their versions.</summary>
    public IReadOnlyList<string> Libraries { get; init; } = [];

    /// <summary>Every encoder that could be used, whether or not it works here.</summary>
    public IReadOnlyList<LibavEncoderReport> Encoders { get; init; } = [];

    /// <summary>Why libav cannot be used and what to do, or null.</summary>
    public string? Problem { get; init; }
}

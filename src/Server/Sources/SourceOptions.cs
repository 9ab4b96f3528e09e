namespace CAManim.Native.Server.Sources;

/// <summary>Which pictures, and how fast.</summary>
public sealed record SourceOptions
{
    /// <summary><c>camera</c>, <c>camera:/dev/video1</c>, <c>demo</c> (drawn scenes), a video file, a folder of pictures, or <c>-</c> for raw frames on standard input.</summary>
    public required string Source { get; init; }

    /// <summary>Whether files and folders begin again at their end.</summary>
    public bool IsLooping { get; init; }

    /// <summary>Pictures a second; 0: as fast as they can be read; null: the file's own times, 10 for folders and drawn scenes.</summary>
    public double? FramesPerSecond { get; init; }

    /// <summary>W and H of raw frames.</summary>
    public (int Width, int Height)? Size { get; init; }
}

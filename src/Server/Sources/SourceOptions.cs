namespace CAManim.Native.Server.Sources;

/// <summary>Which pictures, and how fast.</summary>
public sealed record SourceOptions
{
    /// <summary><c>camera</c>, <c>camera:/dev/video1</c>, <c>demo</c> (drawn scenes), a video file, a picture, which stays, a folder of pictures, the last of which stays, or <c>-</c> for raw frames on standard input.</summary>
    public required string Source { get; init; }

    /// <summary>Whether files and folders begin again at their end.</summary>
    public bool IsLooping { get; init; }

    /// <summary>Pictures a second; 0: as fast as they can be read; null: the video's own times, 1 for folders, 10 for drawn scenes.</summary>
    public double? FramesPerSecond { get; init; }

    /// <summary>W and H of raw frames.</summary>
    public (int Width, int Height)? Size { get; init; }
}

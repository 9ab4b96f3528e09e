namespace CAManim.Native.Encoding;

/// <summary>How far a video is.</summary>
/// <param name="Frame">Frames that were given to the encoder.</param>
/// <param name="Frames">F.</param>
public readonly record struct VideoProgress(int Frame, int Frames);

namespace CAManim.Native.Kernels.Frames;

/// <summary>Where a frame shows the map, and what its colours' ends mean there.</summary>
/// <param name="X">Left column in the frame; even for <see cref="FrameFormat.Yuv420"/>.</param>
/// <param name="Y">Top row in the frame; even for <see cref="FrameFormat.Yuv420"/>.</param>
/// <param name="Minimum">The value of the first colour.</param>
/// <param name="Maximum">The value of the last colour; not above the minimum (or NaN): the map is drawn as zeros.</param>
public readonly record struct FramePlace(int X, int Y, float Minimum, float Maximum)
{
    // Dividing by infinity draws every finite value as zero: a constant map needs no branch in the kernels.
    internal float Range => Maximum > Minimum ? Maximum - Minimum : float.PositiveInfinity;
}

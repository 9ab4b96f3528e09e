namespace CAManim.Native.Kernels.Frames;

/// <summary>Which two neighbours a resized position mixes: half-pixel centres, edges clamped (OpenCV INTER_LINEAR, torch align_corners=false).</summary>
internal static class BilinearTap
{
    /// <returns>The first neighbour and the share of the one after it; at the edges the share is 0.</returns>
    public static (int First, float Share) Of(int position, int outputLength, int inputLength)
    {
        float at = (float)(((position + 0.5) * ((double)inputLength / outputLength)) - 0.5);
        int first = (int)MathF.Floor(at);
        if (first < 0)
        {
            return (0, 0);
        }

        return first >= inputLength - 1 ? (inputLength - 1, 0) : (first, at - first);
    }
}

namespace CAManim.Native.Encoding.Layout;

/// <summary>One panel of a frame.</summary>
/// <param name="Series">Which maps it shows; -1 for the plain picture.</param>
/// <param name="IsLocal">Whether every map is normalised by itself.</param>
/// <param name="Column">From 0.</param>
/// <param name="Row">From 0.</param>
internal readonly record struct FrameTile(int Series, bool IsLocal, int Column, int Row)
{
    public bool IsPicture => Series < 0;
}

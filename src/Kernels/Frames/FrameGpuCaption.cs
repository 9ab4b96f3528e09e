namespace CAManim.Native.Kernels.Frames;

/// <summary><see cref="FrameCaption"/> as the kernel takes it.</summary>
internal struct FrameGpuCaption
{
    public int X;
    public int Y;
    public int Width;
    public int Height;

    /// <summary>Where its coverage starts among that of all captions.</summary>
    public int Coverage;

    /// <summary>How many squares of four pixels come before its own, panels included.</summary>
    public int FirstSquare;
    public uint Foreground;
    public uint Background;
}

namespace CAManim.Native.Kernels.Frames;

/// <summary><see cref="FramePlace"/> as the kernel takes it.</summary>
internal struct FrameGpuPlace
{
    public int X;
    public int Y;
    public float Minimum;
    public float Range;
}

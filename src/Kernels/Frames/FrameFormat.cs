namespace CAManim.Native.Kernels.Frames;

/// <summary>How the pixels of a frame lie in memory.</summary>
public enum FrameFormat
{
    /// <summary>Three planes, BT.709 limited range; the chroma planes have ceil(W/2) x ceil(H/2) samples.</summary>
    Yuv420,

    /// <summary>The samples of <see cref="Yuv420"/> in two planes: Y, and pairs of U and V. What encoders on a card take.</summary>
    Nv12,

    /// <summary>Three planes of W x H samples, BT.709 limited range.</summary>
    Yuv444,

    /// <summary>One plane, three bytes a pixel, R first.</summary>
    Rgb24,

    /// <summary>One plane, four bytes a pixel: B, G, R, 0.</summary>
    Bgr0,
}

using ILGPU;

namespace CAManim.Native.Kernels.Frames;

/// <summary>The memory of one frame on an accelerator: <see cref="FramePlanes"/> as views of it.</summary>
public readonly struct FrameGpuPlanes
{
    /// <summary>Wraps views; nothing is copied.</summary>
    /// <param name="format">How the pixels lie.</param>
    /// <param name="width">W, at least 1.</param>
    /// <param name="height">H, at least 1.</param>
    /// <param name="first">Y, or the interleaved pixels.</param>
    /// <param name="firstStride">Bytes from row to row of the first plane.</param>
    /// <param name="second">U, or the pairs of U and V; empty for interleaved formats.</param>
    /// <param name="third">V; empty for interleaved formats and pairs.</param>
    /// <param name="chromaStride">Bytes from row to row of U and of V.</param>
    /// <exception cref="ArgumentException">A plane is too small for its rows.</exception>
    public FrameGpuPlanes(FrameFormat format, int width, int height, ArrayView<byte> first, int firstStride, ArrayView<byte> second = default, ArrayView<byte> third = default, int chromaStride = 0)
    {
        FramePlanes.Check(first.Length, firstStride, width * FramePlanes.BytesPerPixel(format), height);
        FramePlanes.CheckChroma(format, width, height, second.Length, third.Length, chromaStride);
        Format = format;
        Width = width;
        Height = height;
        First = first;
        Second = second;
        Third = third;
        FirstStride = firstStride;
        ChromaStride = chromaStride;
    }

    /// <summary>How the pixels lie.</summary>
    public FrameFormat Format { get; }

    /// <summary>W.</summary>
    public int Width { get; }

    /// <summary>H.</summary>
    public int Height { get; }

    /// <summary>Y, or the interleaved pixels.</summary>
    public ArrayView<byte> First { get; }

    /// <summary>U, or the pairs of U and V.</summary>
    public ArrayView<byte> Second { get; }

    /// <summary>V.</summary>
    public ArrayView<byte> Third { get; }

    /// <summary>Bytes from row to row of the first plane.</summary>
    public int FirstStride { get; }

    /// <summary>Bytes from row to row of the chroma planes.</summary>
    public int ChromaStride { get; }
}

namespace CAManim.Native.Kernels.Frames;

/// <summary>The memory of one frame: up to three planes, each with its own stride.</summary>
public readonly ref struct FramePlanes
{
    /// <summary>Wraps planes; nothing is copied.</summary>
    /// <param name="format">How the pixels lie.</param>
    /// <param name="width">W, at least 1.</param>
    /// <param name="height">H, at least 1.</param>
    /// <param name="first">Y, or the interleaved pixels.</param>
    /// <param name="firstStride">Bytes from row to row of the first plane.</param>
    /// <param name="second">U, or the pairs of U and V; empty for interleaved formats.</param>
    /// <param name="third">V; empty for interleaved formats and pairs.</param>
    /// <param name="chromaStride">Bytes from row to row of U and of V.</param>
    /// <exception cref="ArgumentException">A plane is too small for its rows.</exception>
    public FramePlanes(FrameFormat format, int width, int height, Span<byte> first, int firstStride, Span<byte> second = default, Span<byte> third = default, int chromaStride = 0)
    {
        (Format, Width, Height) = (format, width, height);
        First = first;
        Second = second;
        Third = third;
        (FirstStride, ChromaStride) = (firstStride, chromaStride);
        Check(first.Length, firstStride, width * BytesPerPixel(format), height);
        CheckChroma(format, width, height, second.Length, third.Length, chromaStride);
    }

    /// <summary>How the pixels lie.</summary>
    public FrameFormat Format { get; }

    /// <summary>W.</summary>
    public int Width { get; }

    /// <summary>H.</summary>
    public int Height { get; }

    /// <summary>Y, or the interleaved pixels.</summary>
    public Span<byte> First { get; }

    /// <summary>U, or the pairs of U and V.</summary>
    public Span<byte> Second { get; }

    /// <summary>V.</summary>
    public Span<byte> Third { get; }

    /// <summary>Bytes from row to row of the first plane.</summary>
    public int FirstStride { get; }

    /// <summary>Bytes from row to row of the chroma planes.</summary>
    public int ChromaStride { get; }

    /// <summary>Bytes of one pixel in the first plane.</summary>
    public static int BytesPerPixel(FrameFormat format) => format switch
    {
        FrameFormat.Rgb24 => 3,
        FrameFormat.Bgr0 => 4,
        _ => 1,
    };

    /// <summary>Bytes across and rows down of each chroma plane; zero for interleaved formats.</summary>
    public static (int Width, int Height) ChromaSize(FrameFormat format, int width, int height) => format switch
    {
        FrameFormat.Yuv420 => ((width + 1) / 2, (height + 1) / 2),
        FrameFormat.Nv12 => ((width + 1) / 2 * 2, (height + 1) / 2),
        FrameFormat.Yuv444 => (width, height),
        _ => (0, 0),
    };

    internal static void CheckChroma(FrameFormat format, int width, int height, long secondLength, long thirdLength, int stride)
    {
        (int chromaWidth, int chromaHeight) = ChromaSize(format, width, height);
        if (chromaHeight > 0)
        {
            Check(secondLength, stride, chromaWidth, chromaHeight);
        }

        if (chromaHeight > 0 && format != FrameFormat.Nv12)
        {
            Check(thirdLength, stride, chromaWidth, chromaHeight);
        }
    }

    internal static void Check(long length, int stride, int rowLength, int rows)
    {
        if (rowLength < 1 || rows < 1 || stride < rowLength || length < ((long)stride * (rows - 1)) + rowLength)
        {
            throw new ArgumentException($"A plane of {rows} rows of {rowLength} bytes with stride {stride} does not fit into {length} bytes.");
        }
    }
}

using CAManim.Native.Encoding.Interop;
using CAManim.Native.Kernels.Interop;

namespace CAManim.Native.Encoding.Decoding;

/// <summary>Reads the pictures of a video file or of a camera, one after the other, through the system's libav.</summary>
public sealed class VideoReader : IDisposable
{
    private readonly VideoDemuxer _demuxer;

    private VideoReader(VideoDemuxer demuxer) => _demuxer = demuxer;

    /// <summary>Opens a file of any container and codec that libav knows.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="LibavMissingException">libav is not installed.</exception>
    /// <exception cref="LibavException">The file is missing, no video, or has no decoder.</exception>
    /// <exception cref="IOException">It is a pipe, a device or a folder.</exception>
    public static VideoReader OpenFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileKind.CheckReadable(path);
        Libav.Require();

        // Only files: libav would also take addresses of the network.
        return new VideoReader(new VideoDemuxer($"file:{Path.GetFullPath(path)}", isCamera: false));
    }

    /// <summary>Opens a Video4Linux2 camera.</summary>
    /// <param name="device">For instance <c>/dev/video0</c>.</param>
    /// <exception cref="LibavMissingException">libav or libavdevice is not installed.</exception>
    /// <exception cref="LibavException">There is no such camera, or it is in use.</exception>
    public static VideoReader OpenCamera(string device)
    {
        ArgumentException.ThrowIfNullOrEmpty(device);
        Libav.Require();
        return new VideoReader(new VideoDemuxer(device, isCamera: true));
    }

    /// <summary>Reads the next picture; a camera's is waited for.</summary>
    /// <param name="picture">Written over.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="LibavException">The video cannot be decoded, or has a pixel format that is not known.</exception>
    public bool Read(VideoPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return _demuxer.Read(picture);
    }

    /// <summary>Goes back to the first picture.</summary>
    /// <exception cref="LibavException">The container cannot be rewound.</exception>
    public void Rewind() => _demuxer.Rewind();

    /// <summary>Closes it.</summary>
    public void Dispose() => _demuxer.Dispose();
}

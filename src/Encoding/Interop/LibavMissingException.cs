namespace CAManim.Native.Encoding;

/// <summary>The system's libav libraries (of FFmpeg) were not found or do not fit; the message says what to install.</summary>
public sealed class LibavMissingException : Exception
{
    /// <summary>With the standard message.</summary>
    public LibavMissingException()
        : this("The libav libraries (libavcodec, libavformat, libavutil of FFmpeg 4.4 to 8) are needed to write videos. " + Advice)
    {
    }

    /// <summary>With a message.</summary>
    public LibavMissingException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public LibavMissingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal const string Advice =
        "Install them with the system's packages: \"apt-get install ffmpeg\" (Debian, Ubuntu; or only libavcodec and libavformat of the release: 59 on Debian 12, 58 on Ubuntu 22.04, 60 on 24.04), "
        + "\"dnf install ffmpeg-libs\" (Fedora), or point CAMANIM_LIBAV to the folder that holds them. Everything but video output works without.";
}

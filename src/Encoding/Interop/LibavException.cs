namespace CAManim.Native.Encoding;

/// <summary>A call into libav failed.</summary>
public class LibavException : IOException
{
    /// <summary>Without a message of its own.</summary>
    public LibavException()
    {
    }

    /// <summary>With a message.</summary>
    public LibavException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public LibavException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With a message and libav's error code.</summary>
    public LibavException(string message, int errorCode)
        : base(message)
    {
        ErrorCode = errorCode;
    }

    /// <summary>libav's error code (a negative errno, or a tag), 0 where there is none.</summary>
    public int ErrorCode { get; }

    /// <summary>Whether the disk (or quota) was full.</summary>
    public bool IsDiskFull => ErrorCode is -28 or -122;
}

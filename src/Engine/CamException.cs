namespace CAManim.Native.Engine;

/// <summary>A run that cannot be done as asked; the message says what was found and what to do.</summary>
public class CamException : Exception
{
    /// <summary>Makes an exception with a message for the user.</summary>
    public CamException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message for the user and its cause.</summary>
    public CamException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

namespace CAManim.Native.Models.Images;

/// <summary>An image file cannot be used; the message says what was found, what was expected and what to do.</summary>
public sealed class ImageFileException : IOException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was found, what was expected, what to do.</param>
    /// <param name="inner">What went wrong below, or null.</param>
    public ImageFileException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

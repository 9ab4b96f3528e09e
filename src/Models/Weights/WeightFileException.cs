namespace CAManim.Native.Models.Weights;

/// <summary>A weight file cannot be used; the message says what was found, what was expected and what to do.</summary>
public class WeightFileException : IOException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was found, what was expected, what to do.</param>
    /// <param name="inner">What went wrong below, or null.</param>
    public WeightFileException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

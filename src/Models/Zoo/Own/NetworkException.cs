namespace CAManim.Native.Models;

/// <summary>A network of one's own does not do what is needed while it runs; the message says what it did and what is expected.</summary>
public sealed class NetworkException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What it did, what was expected, what to do.</param>
    /// <param name="inner">What went wrong inside of the network, or null.</param>
    public NetworkException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

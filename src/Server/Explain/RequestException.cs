namespace CAManim.Native.Server.Explain;

/// <summary>A request that cannot be answered as asked.</summary>
internal sealed class RequestException(int status, string message) : Exception(message)
{
    /// <summary>4xx.</summary>
    public int Status => status;
}

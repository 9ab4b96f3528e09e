namespace CAManim.Native.Models.Weights.Pickle;

/// <summary>A pickle is damaged or asks for what is refused; whoever knows the file's path makes the message complete.</summary>
internal sealed class PickleException(string message) : Exception(message)
{
    /// <summary>Whether something was refused, rather than damaged.</summary>
    public bool IsRefusal { get; init; }
}

namespace CAManim.Native.Engine;

/// <summary>The network's outputs, or the score of the target, are NaN or infinite: there is nothing to explain. The message says where that begins.</summary>
public sealed class NotFiniteException : CamException
{
    /// <summary>Makes an exception with a message for the user.</summary>
    public NotFiniteException(string message, string? layer = null)
        : base(message) => Layer = layer;

    /// <summary>Qualified name of the first module whose output is not finite, with the number of its call; null where the input is it, or none is.</summary>
    public string? Layer { get; }
}

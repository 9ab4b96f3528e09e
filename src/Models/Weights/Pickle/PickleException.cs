namespace CAManim.Native.Models.Weights.Pickle;

/// <summary>A pickle is damaged, asks for what is refused, or holds no weights; whoever knows the file's path makes the message complete.</summary>
internal sealed class PickleException(string message, PickleFault fault = PickleFault.Damage) : Exception(message)
{
    /// <summary>What kind of fault it is.</summary>
    public PickleFault Fault { get; } = fault;
}

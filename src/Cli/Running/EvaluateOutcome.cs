using CAManim.Native.Engine.Localisation;

namespace CAManim.Native.Cli.Running;

/// <summary>What was found out about one method.</summary>
/// <param name="Method">Its name.</param>
internal sealed record EvaluateOutcome(string Method)
{
    /// <summary>Every layer by itself.</summary>
    public EvaluationTally Tally { get; } = new();

    /// <summary>The layer chosen by ROAD, object by object; empty where that was not asked for.</summary>
    public List<ObjectChoice> Choices { get; } = [];
}

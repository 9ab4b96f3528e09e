using CAManim.Native.Cli.Json;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Models;

namespace CAManim.Native.Cli.Running;

/// <summary>What came out for one target.</summary>
/// <param name="Asked">The target as it was asked for.</param>
/// <param name="Result">Its maps.</param>
/// <param name="Road">Their scores, or null where they were not asked for.</param>
internal sealed record TargetRun(string Asked, CamResult Result, YbRoadResult? Road = null)
{
    /// <summary>The target in words: the class, with what it was asked for as where that says more.</summary>
    public string Name(ClassNames classes) => new TargetReport(Result.ClassIndex, Scores.NameOf(classes, Result.ClassIndex), Asked).InWords();
}

using CAManim.Native.Cli.Json;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Road.Baselines;

namespace CAManim.Native.Cli.Running;

/// <summary>The series of one target.</summary>
/// <param name="Target">What the maps explain.</param>
/// <param name="Result">The scores.</param>
/// <param name="Baselines">Scores of random maps for the same class, or null.</param>
internal sealed record YbRoadSeries(TargetReport Target, YbRoadResult Result, RoadBaselineResult? Baselines)
{
    /// <summary>The target as tables and plots call it.</summary>
    public string Name => Target.Asked is "top" || int.TryParse(Target.Asked, out _) ? Target.Name : Target.Asked;
}

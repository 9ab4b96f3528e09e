using CAManim.Native.Cli.Json;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Road;
using CAManim.Native.Engine.Road.Baselines;
using CAManim.Native.Engine.Road.Curves;
using CAManim.Native.Engine.Road.Drops;

namespace CAManim.Native.Cli.Running;

/// <summary>The series of one method and target.</summary>
/// <param name="Method">How the maps were made.</param>
/// <param name="Target">What they explain.</param>
/// <param name="Result">The scores.</param>
internal sealed record YbRoadSeries(CamMethod Method, TargetReport Target, YbRoadResult Result)
{
    /// <summary>Channels of a layer that were looked at, of a method that runs the network for each; null for all.</summary>
    public int? ChannelLimit { get; init; }

    /// <summary>Why scores are no softmax, where nobody asked for it.</summary>
    public string? ActivationReason { get; init; }

    /// <summary>What must be known before the scores are believed.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Scores of random maps for the same class, or null.</summary>
    public RoadBaselineResult? Baselines { get; init; }

    /// <summary>Insertion and deletion of each layer, or null.</summary>
    public IReadOnlyList<LayerCurves>? Curves { get; init; }

    /// <summary>Average drop family of each layer, or null.</summary>
    public IReadOnlyList<LayerDrop>? Drops { get; init; }

    /// <summary>The target as tables and plots call it.</summary>
    public string TargetName => Target.Asked is "top" || int.TryParse(Target.Asked, out _) ? Target.Name : Target.Asked;
}

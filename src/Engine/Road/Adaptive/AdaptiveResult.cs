using CAManim.Native.Engine.Results;

namespace CAManim.Native.Engine.Road.Adaptive;

/// <summary>Maps whose thresholds were chosen by ROAD.</summary>
public sealed record AdaptiveResult
{
    /// <summary>The maps; their frames have the ROAD scores.</summary>
    public required CamResult Maps { get; init; }

    /// <summary>What was chosen, in frame order.</summary>
    public required IReadOnlyList<AdaptiveLayer> Layers { get; init; }
}

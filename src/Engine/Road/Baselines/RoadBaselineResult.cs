namespace CAManim.Native.Engine.Road.Baselines;

/// <summary>Scores of maps that know nothing of the class: what a method's scores must be compared with.</summary>
public sealed record RoadBaselineResult
{
    /// <summary>RandomCAM, every layer: random weights of the layer's own activations.</summary>
    public required YbRoadResult RandomCam { get; init; }

    /// <summary>
    /// Random maps without a network, from white noise to smooth. ROAD favours smooth maps: what they remove is connected, and
    /// imputation has less to go by.
    /// </summary>
    public required YbRoadResult RandomMaps { get; init; }
}

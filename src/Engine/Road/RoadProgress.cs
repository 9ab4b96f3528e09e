namespace CAManim.Native.Engine.Road;

/// <summary>How far a series is. Keep the layers to go on later with <see cref="RoadOptions.Finished"/>.</summary>
/// <param name="Done">Layers that are finished.</param>
/// <param name="Total">Layers that there will be.</param>
/// <param name="Layer">The layer that was just finished.</param>
public readonly record struct RoadProgress(int Done, int Total, LayerRoad Layer);

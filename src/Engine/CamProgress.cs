namespace CAManim.Native.Engine;

/// <summary>How far a run is.</summary>
/// <param name="Done">Maps that are finished.</param>
/// <param name="Total">Maps that there will be.</param>
/// <param name="Layer">Name of the layer that was just finished.</param>
public readonly record struct CamProgress(int Done, int Total, string Layer);

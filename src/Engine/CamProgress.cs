namespace CAManim.Native.Engine;

/// <summary>How far a run is.</summary>
/// <param name="Done">Maps that are finished.</param>
/// <param name="Total">Maps that there will be.</param>
/// <param name="Layer">Name of the layer that was just finished.</param>
/// <param name="Remaining">Time that is left, of this method and target, estimated from the time that its layers took so far and from what the others cost in forwards (<see cref="Methods.MethodDescription.EstimateForwards"/>); null where nothing is known.</param>
/// <param name="SignedMap">The layer's signed map [h·w], where a method that runs the network again made it for one image; empty elsewhere. Keep it under the layer's name to go on later with <see cref="CamOptions.Finished"/>.</param>
public readonly record struct CamProgress(int Done, int Total, string Layer, TimeSpan? Remaining = null, ReadOnlyMemory<float> SignedMap = default);

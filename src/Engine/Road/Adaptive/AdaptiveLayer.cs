namespace CAManim.Native.Engine.Road.Adaptive;

/// <summary>What was chosen for one layer.</summary>
/// <param name="Name">The layer.</param>
/// <param name="Percent">k, the percentage of the positions that the map keeps.</param>
/// <param name="Road">Its ROAD; null where no k has one, and then the largest k was taken.</param>
public sealed record AdaptiveLayer(string Name, double Percent, float? Road);

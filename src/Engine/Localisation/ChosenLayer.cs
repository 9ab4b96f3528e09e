namespace CAManim.Native.Engine.Localisation;

/// <summary>A layer that was chosen to explain one object.</summary>
/// <param name="Layer">Its name.</param>
/// <param name="Road">Its ROAD; null where the map has none.</param>
/// <param name="Reason">Why <paramref name="Road"/> is null, or null.</param>
/// <param name="IsHit">Whether its map's maximum lies in the mask: see <see cref="PointingGame"/>.</param>
public sealed record ChosenLayer(string Layer, float? Road, string? Reason, bool IsHit);

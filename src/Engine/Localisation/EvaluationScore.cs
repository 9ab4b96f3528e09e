namespace CAManim.Native.Engine.Localisation;

/// <summary>How well the maps of one layer lie on the objects they explain, over all maps that were added to an <see cref="EvaluationTally"/>.</summary>
/// <param name="Frame">Place of the layer among the frames, from 0.</param>
/// <param name="Layer">Name of the layer.</param>
/// <param name="Height">h, rows of the layer's maps.</param>
/// <param name="Width">w, columns of the layer's maps.</param>
/// <param name="Maps">Number of maps, 1 or more.</param>
/// <param name="Pointing">Share of the maps whose maximum lies in the mask, 0 to 1: see <see cref="PointingGame"/>. Maps that point nowhere are misses.</param>
/// <param name="Energy">Mean over the maps of the energy inside the mask, 0 to 1: see <see cref="EnergyInside"/>. Maps without energy are left out; null where no map has any.</param>
/// <param name="Empty">Number of maps without energy: nothing in them is above zero.</param>
public sealed record EvaluationScore(int Frame, string Layer, int Height, int Width, int Maps, double Pointing, double? Energy, int Empty)
{
    /// <summary>Whether the maps have more than one pixel: only such a map can point anywhere.</summary>
    public bool IsSpatial => Height > 1 || Width > 1;
}

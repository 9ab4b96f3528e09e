using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Engine.Localisation;

/// <summary>
/// Counts, layer by layer, how often maps point at the object they explain and how much of their energy lies on it:
/// the pointing game and the energy-based pointing game over many pictures whose truth is known.
/// </summary>
/// <remarks>
/// One tally a method. Layers are told apart by name and keep the order in which they were first added. Sums are float64 in the order of
/// the calls, so the same maps in the same order give the same numbers. Not for several threads at once.
/// </remarks>
public sealed class EvaluationTally
{
    private readonly Dictionary<string, Sums> _byName = new(StringComparer.Ordinal);
    private readonly List<Sums> _layers = [];
    private double _area;

    /// <summary>Number of masks that were added.</summary>
    public int Objects { get; private set; }

    /// <summary>Mean share of the picture that the masks cover, 0 to 1: what a map without any preference scores. 0 before the first mask.</summary>
    public double Chance => Objects == 0 ? 0 : _area / Objects;

    /// <summary>The score of every layer in frame order; empty before the first map.</summary>
    public IReadOnlyList<EvaluationScore> Layers => [.. _layers.Select((sums, frame) => sums.ToScore(frame))];

    /// <summary>The last layer whose maps have more than one pixel; null where there is none.</summary>
    public EvaluationScore? Last => Layers.LastOrDefault(s => s.IsSpatial);

    /// <summary>The layer that points best; of equal ones the one with more energy inside, then the later. Null where no layer <see cref="EvaluationScore.IsSpatial"/>.</summary>
    public EvaluationScore? Best => Layers.Where(s => s.IsSpatial).OrderBy(s => s.Pointing).ThenBy(s => s.Energy ?? 0).LastOrDefault();

    /// <summary>Mean share of hits over the layers with more than one pixel; null where there is none.</summary>
    public double? MeanPointing => Mean(s => s.Pointing);

    /// <summary>Mean energy inside over the layers with more than one pixel and any energy; null where there is none.</summary>
    public double? MeanEnergy => Mean(s => s.Energy);

    /// <summary>Adds the maps of all layers for one object: their parts above zero (<see cref="LayerMap.Map"/>) against its mask.</summary>
    /// <param name="maps">One map a layer, as <see cref="CamEngine"/> returns them.</param>
    /// <param name="mask">[maskHeight,maskWidth], row-major; not 0 where the object is.</param>
    /// <param name="maskHeight">H, 1 or more.</param>
    /// <param name="maskWidth">W, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="ArgumentException">The mask does not have the size that is given for it.</exception>
    public void Add(IReadOnlyList<LayerMap> maps, ReadOnlyMemory<byte> mask, int maskHeight, int maskWidth)
    {
        ArgumentNullException.ThrowIfNull(maps);
        MapOverMask.CheckMask(mask.Span, maskHeight, maskWidth);
        var scores = new (bool IsHit, double? Energy)[maps.Count];
        Parallel.For(0, maps.Count, i => scores[i] = Score(maps[i], mask.Span, maskHeight, maskWidth));

        // One after the other: the order of the sums does not depend on threads.
        for (int i = 0; i < maps.Count; i++)
        {
            Of(maps[i].Name, maps[i].Height, maps[i].Width).Add(scores[i].IsHit, scores[i].Energy);
        }

        _area += EnergyInside.AreaShare(mask.Span);
        Objects++;
    }

    // The part above zero serves both questions, so that a map is resized once.
    private static (bool IsHit, double? Energy) Score(LayerMap map, ReadOnlySpan<byte> mask, int maskHeight, int maskWidth)
    {
        using MapOverMask resized = MapOverMask.Rectified(map.Map.Span, map.Height, map.Width, maskHeight, maskWidth);
        int point = PointingGame.Point(resized.Values);
        return (point >= 0 && mask[point] != 0, EnergyInside.Share(resized.Values, mask));
    }

    private double? Mean(Func<EvaluationScore, double?> value) => Layers.Where(s => s.IsSpatial).Select(value).Average();

    private Sums Of(string layer, int height, int width)
    {
        ref Sums? sums = ref CollectionsMarshal.GetValueRefOrAddDefault(_byName, layer, out _);
        if (sums is null)
        {
            sums = new Sums(layer, height, width);
            _layers.Add(sums);
        }

        return sums;
    }

    private sealed class Sums(string layer, int height, int width)
    {
        private int _maps;
        private int _hits;
        private int _empty;
        private double _energy;

        public void Add(bool isHit, double? energy)
        {
            _maps++;
            _hits += isHit ? 1 : 0;
            _empty += energy is null ? 1 : 0;
            _energy += energy ?? 0;
        }

        public EvaluationScore ToScore(int frame) =>
            new(frame, layer, height, width, _maps, (double)_hits / _maps, _empty == _maps ? null : _energy / (_maps - _empty), _empty);
    }
}

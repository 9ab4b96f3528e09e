using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Engine.Localisation;

/// <summary>One object explained by the final layer, and by the layer with the highest ROAD.</summary>
public sealed record ObjectChoice
{
    /// <summary>Index of the picture.</summary>
    public required int Scene { get; init; }

    /// <summary>The object's class.</summary>
    public required int ClassIndex { get; init; }

    /// <summary>The last layer whose map has more than one pixel.</summary>
    public required ChosenLayer Final { get; init; }

    /// <summary>The first layer with the highest ROAD; null where no layer has one.</summary>
    public required ChosenLayer? Best { get; init; }

    /// <summary>Whether both have the same map: one layer, or a container and its last child.</summary>
    public required bool IsSame { get; init; }

    /// <summary>Layers that were to choose from.</summary>
    public required int Layers { get; init; }

    /// <summary>Layers with a ROAD.</summary>
    public required int Scored { get; init; }

    /// <summary>Compares both layers with the object.</summary>
    /// <param name="maps">The maps of the object's class.</param>
    /// <param name="road">Their scores, a layer a map in the same order.</param>
    /// <param name="mask">[maskHeight,maskWidth], row-major; not 0 where the object is.</param>
    /// <param name="maskHeight">H, 1 or more.</param>
    /// <param name="maskWidth">W, 1 or more.</param>
    /// <param name="scene">Index of the picture.</param>
    /// <exception cref="CamException">There is no map, or maps and scores are of different layers.</exception>
    /// <exception cref="ArgumentException">The mask does not have the size that is given for it.</exception>
    public static ObjectChoice Of(CamResult maps, YbRoadResult road, ReadOnlySpan<byte> mask, int maskHeight, int maskWidth, int scene)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(road);
        if (maps.Frames.Count == 0 || !maps.Frames.Select(f => f.Name).SequenceEqual(road.Layers.Select(l => l.Name)))
        {
            throw new CamException($"The scores of {road.Layers.Count} layers were given for the maps of {maps.Frames.Count}; those of the same layers, one or more, are expected.");
        }

        bool[] hits = new bool[maps.Frames.Count];
        for (int i = 0; i < hits.Length; i++)
        {
            LayerMap map = maps.Frames[i];
            hits[i] = PointingGame.Hits(map.Map.Span, map.Height, map.Width, mask, maskHeight, maskWidth);
        }

        int best = road.Layers.ToList().FindIndex(l => l.Name == road.MaxLayer);
        return new ObjectChoice
        {
            Scene = scene,
            ClassIndex = maps.ClassIndex,
            Final = Choose(hits.Length - 1),
            Best = best < 0 ? null : Choose(best),
            IsSame = best >= 0 && (best == hits.Length - 1 || road.Layers[^1].SameAs == road.Layers[best].Name),
            Layers = hits.Length,
            Scored = road.Layers.Count(l => l.Road is not null),
        };

        ChosenLayer Choose(int i) => new(road.Layers[i].Name, road.Layers[i].Road, road.Layers[i].Reason, hits[i]);
    }
}

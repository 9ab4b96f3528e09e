using System.Runtime.InteropServices;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Engine.Road;

/// <summary>Finds layers whose maps are equal to the bit: a container and its last child, mostly.</summary>
internal static class MapGroups
{
    /// <summary>Groups of layers in the order of their first member.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="select">The values of a map that its score depends on.</param>
    public static IReadOnlyList<IReadOnlyList<LayerMap>> Find(IReadOnlyList<LayerMap> layers, Func<LayerMap, ReadOnlyMemory<float>> select)
    {
        List<List<LayerMap>> groups = [];
        Dictionary<int, List<List<LayerMap>>> groupsOfHash = [];
        foreach (LayerMap layer in layers)
        {
            ReadOnlyMemory<float> values = select(layer);
            int hash = Hash(layer, values.Span);
            if (!groupsOfHash.TryGetValue(hash, out List<List<LayerMap>>? candidates))
            {
                groupsOfHash[hash] = candidates = [];
            }

            List<LayerMap>? group = candidates.Find(g => g[0].Height == layer.Height && g[0].Width == layer.Width
                && Bytes(select(g[0]).Span).SequenceEqual(Bytes(values.Span)));
            if (group is null)
            {
                group = [];
                candidates.Add(group);
                groups.Add(group);
            }

            group.Add(layer);
        }

        return groups;
    }

    private static int Hash(LayerMap layer, ReadOnlySpan<float> values)
    {
        HashCode hash = default;
        hash.Add(layer.Height);
        hash.Add(layer.Width);
        hash.AddBytes(Bytes(values));
        return hash.ToHashCode();
    }

    private static ReadOnlySpan<byte> Bytes(ReadOnlySpan<float> values) => MemoryMarshal.AsBytes(values);
}

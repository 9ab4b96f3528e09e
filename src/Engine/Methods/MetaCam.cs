using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road.Masks;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Engine.Methods;

/// <summary>MetaCAM: Kaczmarek et al. 2023, "MetaCAM: Ensemble-Based Class Activation Map" (arXiv 2307.16863): the consensus of several methods about the top k % of the pixels.</summary>
/// <remarks>
/// Every component (<see cref="CamOptions.Components"/>) votes for the <see cref="CamOptions.TopPercent"/> % of a layer's positions
/// where its map is highest, of equal ones for the later, as ROAD ranks them; S is the share of the votes. A position where the map
/// is not positive gets no vote, nor does a map with NaN or infinity give any. Votes are cast at the layer's own resolution. The paper chooses k by
/// ROAD, for each image: <see cref="Road.Adaptive.AdaptiveThreshold"/>. It has no Python peer.
/// </remarks>
internal sealed class MetaCam : DerivedMethod
{
    public override MethodDescription Description { get; } = new()
    {
        Method = CamMethod.MetaCAM,
        Name = "MetaCAM",
        Formula = "S = share of the component methods in whose top k % a position is",
        Source = "Kaczmarek et al. 2023, MetaCAM (arXiv 2307.16863)",
        NeedsGradient = true,
        IsMadeOfOthers = true,
    };

    public override IReadOnlyList<CamMethod> Components(CamOptions options) => options.Components;

    public override CamResult Combine(IReadOnlyList<CamResult> components, CamOptions options) => Combine(components, options.TopPercent);

    /// <summary>The consensus of results that have the same layers.</summary>
    /// <param name="components">One or more; a layer that a component lacks has no vote from it.</param>
    /// <param name="percent">k, above 0 and up to 100.</param>
    public static CamResult Combine(IReadOnlyList<CamResult> components, double percent)
    {
        CamResult first = components[0];
        Dictionary<string, LayerMap>[] frames = [.. components.Select(c => c.Frames.ToDictionary(f => f.Name))];
        return first.With([.. first.Frames.Select(frame =>
        {
            LayerMap[] maps = [.. frames.Where(f => f.ContainsKey(frame.Name)).Select(f => f[frame.Name])];
            int[] votes = new int[frame.Map.Length];
            foreach (LayerMap map in maps)
            {
                foreach (int position in TopPositions.Find(map, percent))
                {
                    votes[position]++;
                }
            }

            return LayerMaps.Replace(frame, [.. votes.Select(v => (float)v / maps.Length)], frame.Height, frame.Width, first.InputHeight, first.InputWidth);
        })]);
    }
}

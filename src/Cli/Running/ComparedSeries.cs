using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Results;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Models;

namespace CAManim.Native.Cli.Running;

/// <summary>One method and target of a comparison.</summary>
/// <param name="Run">Target and result.</param>
/// <param name="Frames">The maps of the layers that all series have.</param>
internal sealed record ComparedSeries(TargetRun Run, IReadOnlyList<LayerMap> Frames)
{
    public string Method => CamMethods.NameOf(Run.Result.Method);

    /// <summary>Keeps the layers that every result has a map of, in the order of the first.</summary>
    /// <param name="targets">The targets as they were asked for.</param>
    /// <param name="results">results[target][method].</param>
    /// <returns>All targets of the first method, then those of the next.</returns>
    public static IReadOnlyList<ComparedSeries> Make(IReadOnlyList<string> targets, IReadOnlyList<IReadOnlyList<CamResult>> results)
    {
        string[] common = [.. results[0][0].Frames.Select(f => f.Name)];
        foreach (CamResult result in results.SelectMany(r => r))
        {
            common = [.. common.Intersect(result.Frames.Select(f => f.Name), StringComparer.Ordinal)];
        }

        HashSet<string> kept = [.. common];
        return
        [
            .. Enumerable.Range(0, results[0].Count).SelectMany(m => targets.Select((asked, t) =>
                new ComparedSeries(new TargetRun(asked, results[t][m]), [.. results[t][m].Frames.Where(f => kept.Contains(f.Name))]))),
        ];
    }

    /// <summary>Method and, where there are several, target.</summary>
    public string Title(ClassNames classes, bool hasTargets) => hasTargets ? $"{Method}  {Run.Name(classes)}" : Method;
}

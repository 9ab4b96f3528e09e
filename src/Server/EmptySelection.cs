using CAManim.Native.Engine.Results;
using CAManim.Native.Models;

namespace CAManim.Native.Server;

/// <summary>Says why a selection of layers gave no map.</summary>
internal static class EmptySelection
{
    private const int ReasonsShown = 4;

    /// <param name="layers">The selection.</param>
    /// <param name="calls">What it selected.</param>
    /// <param name="model">The network.</param>
    public static string Explain(string layers, IReadOnlyList<LayerReport> calls, LoadedModel model)
    {
        string list = $"'camanim layers --model {model.Name}' shows them all.";
        if (calls.Count > 0)
        {
            return $"layers '{layers}' selects {calls.Count} modules, none of which gives a map: {string.Join("; ", calls.Take(ReasonsShown).Select(l => $"'{l.Name}' {l.SkipReason}"))}. {list}";
        }

        bool isOfClasses = layers.StartsWith("class:", StringComparison.Ordinal);
        string[] names = [.. model.Module.named_modules().Select(m => isOfClasses ? m.module.GetName() : m.name).Distinct()];
        return $"layers '{layers}' selects no module of {model.Name}.{NearestNames.Question(layers[(layers.IndexOf(':') + 1)..], names)} {list}";
    }
}

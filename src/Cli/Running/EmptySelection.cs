using CAManim.Native.Cli.Errors;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Results;
using CAManim.Native.Models;

namespace CAManim.Native.Cli.Running;

/// <summary>Says why --layers gave no frame.</summary>
internal static class EmptySelection
{
    public static Exception Explain(string layers, CamResult result, LoadedModel model)
    {
        if (result.Layers.Count > 0)
        {
            return new CamException($"--layers '{layers}' selects {result.Layers.Count} modules, none of which gives a map: {string.Join("; ", result.Layers.Take(4).Select(l => $"'{l.Name}' {l.SkipReason}"))}. 'camanim layers --model {model.Name}' shows which do.");
        }

        string[] names = layers.StartsWith("class:", StringComparison.Ordinal)
            ? [.. model.Module.named_modules().Select(m => m.module.GetName()).Distinct()]
            : [.. model.Module.named_modules().Select(m => m.name)];
        string typed = layers[(layers.IndexOf(':') + 1)..];
        return new UsageException($"--layers '{layers}' selects no module of {model.Name}.{NearestNames.Question(typed, names)} 'camanim layers --model {model.Name}' lists them.");
    }
}

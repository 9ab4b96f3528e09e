using System.IO.Enumeration;
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

        return Unknown(layers, model);
    }

    /// <summary>Refuses a glob or a class of modules that no module has, as soon as the network is there.</summary>
    /// <exception cref="UsageException">It selects nothing.</exception>
    public static void Check(string layers, LoadedModel model)
    {
        if (layers is "all" or "leaves")
        {
            return;
        }

        string[] patterns = Typed(layers).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        bool isClass = IsClass(layers);
        if (!Names(isClass, model).Any(name => patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: isClass))))
        {
            throw Unknown(layers, model);
        }
    }

    private static UsageException Unknown(string layers, LoadedModel model)
    {
        string[] names = [.. Names(IsClass(layers), model)];

        // A glob is near to the globs that there could be.
        string[] near = layers.Contains('*', StringComparison.Ordinal)
            ? [.. names.Where(n => n.Contains('.', StringComparison.Ordinal)).Select(n => n[..n.LastIndexOf('.')] + ".*").Distinct(), .. names]
            : names;
        return new UsageException($"--layers '{layers}' selects no module of {model.Name}.{NearestNames.Question(Typed(layers), near)} 'camanim layers --model {model.Name}' lists them.");
    }

    private static bool IsClass(string layers) => layers.StartsWith("class:", StringComparison.Ordinal);

    private static string Typed(string layers) => layers[(layers.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static IEnumerable<string> Names(bool isClass, LoadedModel model) => isClass
        ? model.Module.named_modules().Select(m => m.module.GetName()).Distinct()
        : model.Module.named_modules().Select(m => m.name);
}

using CAManim.Native.Cli.Errors;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Methods;

namespace CAManim.Native.Cli.Options;

/// <summary>What one of a few methods can be told by <c>--method-option NAME=VALUE</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">What its value is, for people.</param>
/// <param name="Description">What it does.</param>
/// <param name="Methods">Who takes it.</param>
/// <param name="Show">The value in some options, of one of these methods.</param>
/// <param name="Set">The options with a value, or null where the text is none.</param>
internal sealed record MethodOption(
    string Name, string Value, string Description, IReadOnlyList<CamMethod> Methods, Func<CamOptions, CamMethod, string> Show, Func<CamOptions, string, CamOptions?> Set)
{
    /// <summary>All there are.</summary>
    public static IReadOnlyList<MethodOption> All { get; } =
    [
        new(
            "base",
            "a method that stands by itself, such as GradCAM",
            "the method that it starts from",
            [CamMethod.FinerCAM, CamMethod.RefineCAM],
            (options, method) => CamMethods.NameOf(options.Base ?? (method == CamMethod.FinerCAM ? CamMethod.GradCAM : CamMethod.GradCAMPlusPlus)),
            (options, text) => options with { Base = Alone(text) }),
        new(
            "classes",
            "a whole number of 1 or more",
            "from how many classes, those with the nearest logits, a class is told",
            [CamMethod.FinerCAM],
            (options, _) => Numbers.Text(options.FinerClasses),
            (options, text) => Numbers.Whole(text) is >= 1 and int count ? options with { FinerClasses = count } : null),
        new(
            "alpha",
            "a finite number",
            "how much of their logits is taken off",
            [CamMethod.FinerCAM],
            (options, _) => Numbers.Text(options.FinerStrength),
            (options, text) => Numbers.Real(text) is { } alpha && float.IsFinite((float)alpha) ? options with { FinerStrength = (float)alpha } : null),
        new(
            "components",
            "methods that stand by themselves, separated by commas",
            "the methods that vote",
            [CamMethod.MetaCAM],
            (options, _) => string.Join(',', options.Components.Select(CamMethods.NameOf)),
            (options, text) => options with { Components = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Alone).Distinct()] }),
        new(
            "top",
            "a percentage above 0 and up to 100",
            "percentage of a layer's positions that each component votes for",
            [CamMethod.MetaCAM],
            (options, _) => Numbers.Text(options.TopPercent),
            (options, text) => Numbers.Real(text) is > 0 and <= 100 and double percent ? options with { TopPercent = percent } : null),
        new(
            "gaussian",
            "true or false",
            "keeps a position with its neighbours, weighted by a 3x3 Gaussian",
            [CamMethod.ReciproCAM],
            (options, _) => options.ReciproGaussian ? "true" : "false",
            (options, text) => bool.TryParse(text, out bool isGaussian) ? options with { ReciproGaussian = isGaussian } : null),
    ];

    /// <summary>Those that a method takes.</summary>
    public static IEnumerable<MethodOption> Of(CamMethod method) => All.Where(o => o.Methods.Contains(method));

    /// <summary>Options with what <paramref name="words"/> set.</summary>
    /// <param name="options">What else was asked for.</param>
    /// <param name="words">NAME=VALUE each.</param>
    /// <param name="methods">The methods of the run.</param>
    /// <exception cref="UsageException">A name is not known or no method of the run takes it, or a value is none.</exception>
    public static CamOptions Apply(CamOptions options, IEnumerable<string> words, IReadOnlyList<CamMethod> methods)
    {
        foreach (string word in words)
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw new UsageException($"--method-option '{word}' is not NAME=VALUE, for instance alpha=0.5.");
            }

            (string name, string value) = (word[..equals].Trim(), word[(equals + 1)..].Trim());
            MethodOption option = All.FirstOrDefault(o => o.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && o.Methods.Any(methods.Contains))
                ?? throw new UsageException($"--method-option '{name}' is nothing that {string.Join(" or ", methods.Select(CamMethods.NameOf))} can be told. {Known(methods)}");
            options = option.Set(options, value)
                ?? throw new UsageException($"--method-option {option.Name} takes {option.Value}; '{value}' is not.");
        }

        return options;
    }

    // What these methods take or, where that is nothing, who takes what.
    private static string Known(IReadOnlyList<CamMethod> methods)
    {
        MethodOption[] own = [.. All.Where(o => o.Methods.Any(methods.Contains))];
        return own.Length > 0
            ? $"Known are {string.Join(", ", own.Select(o => o.Name))}."
            : $"Options have {string.Join(", ", CamMethods.All.Where(m => Of(m.Method).Any()).Select(m => $"{m.Name} ({string.Join(", ", Of(m.Method).Select(o => o.Name))})"))}.";
    }

    private static CamMethod Alone(string name)
    {
        CamMethod method = MethodList.Find(name);
        return CamMethods.Describe(method).IsMadeOfOthers
            ? throw new UsageException($"{CamMethods.NameOf(method)} is made of other methods, and others cannot be made of it. Give one that stands by itself, such as GradCAM.")
            : method;
    }
}

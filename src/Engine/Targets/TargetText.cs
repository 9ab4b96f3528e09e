using System.Globalization;

namespace CAManim.Native.Engine.Targets;

/// <summary>Targets as the command line writes them.</summary>
internal static class TargetText
{
    private const string Not = "not:";
    private const string TopK = "top:";
    private const string Finer = "finer:";
    private const string Rest = "rest:";

    public static Target Parse(string text, Func<string, int> resolveClass)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentNullException.ThrowIfNull(resolveClass);
        string trimmed = text.Trim();
        if (resolveClass(trimmed) is >= 0 and int whole)
        {
            return Target.Class(whole);
        }

        if (trimmed.Equals("top", StringComparison.OrdinalIgnoreCase))
        {
            return Target.Top;
        }

        if (trimmed.Equals("finer", StringComparison.OrdinalIgnoreCase))
        {
            return Target.Finer();
        }

        if (trimmed.Equals("rest", StringComparison.OrdinalIgnoreCase))
        {
            return Target.Rest();
        }

        if (After(trimmed, TopK) is { } count && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int k) && k > 0)
        {
            return Target.TopK(k);
        }

        if (After(trimmed, Not) is { } against)
        {
            return Target.Not(Resolve(against, text, resolveClass));
        }

        if (After(trimmed, Finer) is { } finer)
        {
            return Target.Finer(Resolve(finer, text, resolveClass));
        }

        return After(trimmed, Rest) is { } rest ? Target.Rest(Resolve(rest, text, resolveClass)) : ParseContrast(trimmed, resolveClass);
    }

    // Every hyphen may be the minus: the first that has a class on both sides is.
    private static Target ParseContrast(string text, Func<string, int> resolveClass)
    {
        for (int i = text.IndexOf('-'); i >= 0; i = text.IndexOf('-', i + 1))
        {
            string left = text[..i].Trim();
            string right = text[(i + 1)..].Trim();
            if (left.Length > 0 && right.Length > 0 && resolveClass(left) is >= 0 and int index && resolveClass(right) is >= 0 and int other)
            {
                return Target.Contrast(index, other);
            }
        }

        throw new CamException(
            $"'{text}' is not a target: there is no class of that name, and it is none of top, top:COUNT, not:CLASS, CLASS-CLASS, finer, finer:CLASS, rest, rest:CLASS. Give a class as its name or its index.");
    }

    private static int Resolve(string name, string text, Func<string, int> resolveClass) => resolveClass(name) is >= 0 and int index
        ? index
        : throw new CamException($"The target '{text}' names the class '{name}', which does not exist. Give a class as its name or its index.");

    private static string? After(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text[prefix.Length..].Trim() : null;
}

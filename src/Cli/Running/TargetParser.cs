using CAManim.Native.Cli.Errors;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Models;

namespace CAManim.Native.Cli.Running;

/// <summary>Reads <c>top</c>, a class by index or name, <c>not:CLASS</c> (what speaks against it) and <c>CLASS-CLASS</c> (one against another).</summary>
internal static class TargetParser
{
    private const string Not = "not:";

    /// <exception cref="UsageException">There is no such class.</exception>
    public static Target Parse(string text, ClassNames classes)
    {
        if (text.Equals("top", StringComparison.OrdinalIgnoreCase))
        {
            return Target.Top;
        }

        if (text.StartsWith(Not, StringComparison.OrdinalIgnoreCase))
        {
            return Target.Not(Usage.Check(() => classes.Resolve(text[Not.Length..])));
        }

        try
        {
            return Target.Class(classes.Resolve(text));
        }
        catch (ArgumentException error)
        {
            // Names have hyphens of their own, so the whole is tried first, then every hyphen.
            for (int at = text.IndexOf('-', 1); at > 0; at = text.IndexOf('-', at + 1))
            {
                if (Find(classes, text[..at]) is { } index && Find(classes, text[(at + 1)..]) is { } against)
                {
                    return Target.Contrast(index, against);
                }
            }

            return Usage.Check<Target>(() => throw error);
        }
    }

    private static int? Find(ClassNames classes, string text)
    {
        try
        {
            return classes.Resolve(text);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

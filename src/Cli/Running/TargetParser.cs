using CAManim.Native.Cli.Errors;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Models;

namespace CAManim.Native.Cli.Running;

/// <summary>Reads targets as the library does; one that is none is a fault of the command, answered with the nearest classes.</summary>
internal static class TargetParser
{
    // What may stand before a class.
    private static readonly string[] Prefixes = ["not:", "finer:", "rest:"];

    /// <exception cref="UsageException">It is no target, or there is no such class.</exception>
    public static Target Parse(string text, ClassNames classes)
    {
        try
        {
            return Target.Parse(text, name => Find(name, classes) ?? -1);
        }
        catch (Exception error) when (error is CamException or ArgumentException)
        {
            string? prefix = Prefixes.FirstOrDefault(p => text.StartsWith(p, StringComparison.OrdinalIgnoreCase));
            return Usage.Check<Target>(() =>
            {
                // Says which classes are near; text that is about no class has the library's words.
                if (!text.StartsWith("top:", StringComparison.OrdinalIgnoreCase))
                {
                    classes.Resolve(text[(prefix?.Length ?? 0)..]);
                }

                throw new ArgumentException(error.Message, error);
            });
        }
    }

    private static int? Find(string name, ClassNames classes)
    {
        try
        {
            return classes.Resolve(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

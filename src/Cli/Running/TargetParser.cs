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
                    Near(text[(prefix?.Length ?? 0)..], classes);
                }

                throw new ArgumentException(error.Message, error);
            });
        }
    }

    // A word may name many classes, as breeds of dogs, or none: the network is asked what it sees.
    private static void Near(string name, ClassNames classes)
    {
        try
        {
            classes.Resolve(name);
        }
        catch (ArgumentException error) when (classes.Count > 0 && !int.TryParse(name, out _))
        {
            throw new ArgumentException($"{error.Message.Split(" (Parameter")[0]} 'camanim predict' shows the classes that the network finds in the picture.", error);
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

using System.Globalization;
using CAManim.Native.Engine;
using CAManim.Native.Engine.Targets;

namespace CAManim.Native.Server;

/// <summary>Reads targets that clients ask for; one that is none is answered with the nearest classes, as on the command line.</summary>
internal static class ServedTargets
{
    // What may stand before a class.
    private static readonly string[] Prefixes = ["not:", "finer:", "rest:"];

    /// <exception cref="ArgumentException">It is no target, or there is no such class.</exception>
    public static Target Parse(string text, ServedModel model)
    {
        try
        {
            return Target.Parse(text, model.FindClass);
        }
        catch (CamException error)
        {
            string wanted = text.Trim();
            wanted = wanted[(Prefixes.FirstOrDefault(p => wanted.StartsWith(p, StringComparison.OrdinalIgnoreCase))?.Length ?? 0)..];
            if (model.ClassCount > 0 && long.TryParse(wanted, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long index))
            {
                throw new ArgumentException($"Class {index} is out of range: {model.Model.Name} has {model.ClassCount} classes, 0 to {model.ClassCount - 1}.", error);
            }

            // Says which classes are near; text that is about no class keeps the engine's words.
            if (!wanted.StartsWith("top:", StringComparison.OrdinalIgnoreCase) && model.Model.ClassNames.Find(wanted) < 0)
            {
                model.Model.ClassNames.Resolve(wanted);
            }

            throw new ArgumentException(error.Message, error);
        }
    }
}

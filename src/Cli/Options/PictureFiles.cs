using CAManim.Native.Cli.Errors;
using CAManim.Native.Cli.Running;

namespace CAManim.Native.Cli.Options;

/// <summary>Pictures that are named one by one or by their folder, and the names of their outputs.</summary>
internal static class PictureFiles
{
    /// <summary>Stands for the picture's name in the name of an output.</summary>
    public const string Name = "{name}";

    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".jfif", ".webp", ".tif", ".tiff", ".bmp", ".gif"];

    /// <summary>Folders become the pictures in them, in order of their names.</summary>
    /// <exception cref="IOException">A folder has no picture, or cannot be read.</exception>
    public static IReadOnlyList<string> Expand(IEnumerable<string> named)
    {
        List<string> files = [];
        foreach (string one in named)
        {
            if (!Directory.Exists(one))
            {
                files.Add(one);
                continue;
            }

            string[] found = [.. Directory.EnumerateFiles(one).Where(f => Endings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
            files.AddRange(found.Length > 0 ? found : throw new IOException($"The folder '{one}' has no picture whose name ends in {string.Join(", ", Endings)}. Name another folder, or the pictures."));
        }

        return files;
    }

    /// <summary>What the outputs of each picture are called: its file's name without ending, or with it where two would be alike.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyList<string> pictures)
    {
        string[] plain = [.. pictures.Select(p => InputReader.IsDrawn(p) ? p[InputReader.DemoPrefix.Length..] : Path.GetFileNameWithoutExtension(p))];
        return [.. plain.Select((name, i) => plain.Count(n => n == name) == 1 ? name : Path.GetFileName(pictures[i]))];
    }

    /// <summary>Where an output of one picture goes: a file in the folder that was named, or the name with the picture's in it.</summary>
    /// <param name="option">The option.</param>
    /// <param name="asked">Its value; null stays null, - stays -.</param>
    /// <param name="ending">What a file in a folder ends with.</param>
    /// <param name="name">The picture's.</param>
    /// <param name="isOne">Whether there is no other picture.</param>
    /// <exception cref="UsageException">There are several pictures and one name.</exception>
    public static string? Place(string option, string? asked, string ending, string name, bool isOne)
    {
        if (asked is null or "-")
        {
            return asked;
        }

        if (asked.Contains(Name, StringComparison.Ordinal))
        {
            return asked.Replace(Name, name, StringComparison.Ordinal);
        }

        return Path.EndsInDirectorySeparator(asked) || (ending.StartsWith('.') && Directory.Exists(asked) && !asked.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? Path.Combine(asked, name + ending)
            : isOne ? asked
            : throw new UsageException($"{option} '{asked}' is one name, and there are several pictures. Give a folder, in which files are called after the pictures ({option} out/), or a name with {Name} in it.");
    }
}

using System.Globalization;
using System.Reflection;

namespace CAManim.Native.Models;

/// <summary>Names of the classes of a classifier, by index.</summary>
public sealed class ClassNames
{
    private static readonly Lazy<ClassNames> LazyImageNet = new(() => FromResource("ImageNet-1k", "imagenet-1k.txt"));
    private static readonly Lazy<ClassNames> LazyCifar10 = new(() => FromResource("CIFAR-10", "cifar-10.txt"));

    private readonly Lazy<Dictionary<string, int>> _byName;

    /// <summary>Wraps a list of names.</summary>
    /// <param name="dataset">What the names belong to, for messages.</param>
    /// <param name="names">One name a class; need not be unique.</param>
    public ClassNames(string dataset, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        Dataset = dataset;
        Names = [.. names];
        _byName = new Lazy<Dictionary<string, int>>(ListByName);
    }

    /// <summary>The 1000 classes of ImageNet-1k with torchvision's names.</summary>
    public static ClassNames ImageNet => LazyImageNet.Value;

    /// <summary>The ten classes of CIFAR-10.</summary>
    public static ClassNames Cifar10 => LazyCifar10.Value;

    /// <summary>Classes of a network whose names are not known: found by index only, whatever their number.</summary>
    public static ClassNames Unnamed { get; } = new("this network", []);

    /// <summary>Classes of a network whose names are not known, but their number.</summary>
    /// <param name="count">One or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is less.</exception>
    public static ClassNames Numbered(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new ClassNames("this network", Enumerable.Range(0, count).Select(Number));
    }

    /// <summary>Reads names: a list <c>A,B,C</c>, or a file with one a line, a JSON list, a JSON object from index to name or from name to index (also as <c>id2label</c> in a larger one), or CSV with or without indices.</summary>
    /// <param name="text">A path, or two names and more with commas between.</param>
    /// <exception cref="ArgumentException">The list has an empty name, or the file does not say which name has which index.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ClassNames Read(string text) => ClassList.Read(text);

    /// <summary>What the names belong to.</summary>
    public string Dataset { get; }

    /// <summary>All names by index.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of classes.</summary>
    public int Count => Names.Count;

    /// <summary>Name of a class.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public string this[int index] => Count == 0 && index >= 0 ? Number(index) : Names[index];

    /// <summary>Finds a class by index (<c>207</c>) or by name (<c>golden retriever</c>; case, underscores and hyphens do not matter).</summary>
    /// <param name="target">Index or name.</param>
    /// <returns>The index.</returns>
    /// <exception cref="ArgumentException">No class, or several, go by that name, or the index is out of range; the message suggests near names.</exception>
    public int Resolve(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        string typed = target.Trim();
        if (long.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long index))
        {
            return index >= 0 && index < (Count == 0 ? int.MaxValue : Count)
                ? (int)index
                : throw new ArgumentException($"Class {index} is out of range: " + (Count == 0 ? "an index is zero or more." : $"{Dataset} has {Count} classes, 0 to {Count - 1}."), nameof(target));
        }

        if (Count == 0)
        {
            throw new ArgumentException($"The classes of {Dataset} have no names: give the index instead of '{target}'.", nameof(target));
        }

        string wanted = Normalised(typed);
        int[] found = [.. Enumerable.Range(0, Count).Where(i => Normalised(Names[i]) == wanted)];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new ArgumentException($"{Dataset} has no class '{target}'.{NearestNames.Question(typed, Names)} A class is given by its name or its index, 0 to {Count - 1}.", nameof(target)),
            _ => throw new ArgumentException($"{Dataset} has {found.Length} classes '{target}': {string.Join(", ", found)}. Give the index.", nameof(target)),
        };
    }

    /// <summary>Finds a class as <see cref="Resolve"/> does, for text that need not be one.</summary>
    /// <param name="target">Index or name.</param>
    /// <returns>The index; -1 where <see cref="Resolve"/> would throw.</returns>
    public int Find(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        string typed = target.Trim();
        return long.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long index)
            ? index >= 0 && index < (Count == 0 ? int.MaxValue : Count) ? (int)index : -1
            : _byName.Value.GetValueOrDefault(Normalised(typed), -1);
    }

    // -1 for names that several classes have.
    private Dictionary<string, int> ListByName() => Names.Index().GroupBy(n => Normalised(n.Item)).ToDictionary(g => g.Key, g => g.Count() == 1 ? g.First().Index : -1, StringComparer.Ordinal);

    private static string Number(int index) => string.Create(CultureInfo.InvariantCulture, $"class {index}");

    private static string Normalised(string name) => name.ToLowerInvariant().Replace('_', ' ').Replace('-', ' ');

    private static ClassNames FromResource(string dataset, string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        return new ClassNames(dataset, reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}

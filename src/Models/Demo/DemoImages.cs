namespace CAManim.Native.Models.Demo;

/// <summary>A handful of drawn pictures with names, chosen for their looks: those of the demo, the README and <c>samples/images</c>.</summary>
public static class DemoImages
{
    private static readonly Dictionary<string, Func<DemoScene>> All = new()
    {
        ["star-and-ring"] = () => DemoScenes.Draw(1, 3, 5),
        ["phantom-malignant"] = () => DemoPhantoms.Draw(1, 2),
    };

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Keys];

    /// <summary>Draws a picture.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such picture.</exception>
    public static DemoScene Draw(string name) =>
        All.TryGetValue(name, out Func<DemoScene>? draw)
            ? draw()
            : throw new ArgumentException($"There is no demo image '{name}'; there are {string.Join(", ", Names)}.", nameof(name));
}

namespace CAManim.Native.Models.Demo;

/// <summary>A handful of drawn pictures with names, chosen for their looks: those of the demo, the README and <c>samples/images</c>.</summary>
public static class DemoImages
{
    private static readonly Dictionary<string, Func<DemoScene>> All = new()
    {
        ["ring-and-star"] = () => DemoScenes.DrawRandom(263, 2),
        ["crescent-and-star"] = () => DemoScenes.DrawRandom(229, 2),
        ["cross-and-circle"] = () => DemoScenes.DrawRandom(242, 2),
        ["star-and-crescent"] = () => DemoScenes.DrawRandom(223, 2),
        ["hexagon-and-circle"] = () => DemoScenes.DrawRandom(226, 2),
        ["phantom-malignant"] = () => DemoPhantoms.Draw(217, 2),
        ["phantom-benign"] = () => DemoPhantoms.Draw(210, 1),
        ["phantom-normal"] = () => DemoPhantoms.Draw(209, 0),
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

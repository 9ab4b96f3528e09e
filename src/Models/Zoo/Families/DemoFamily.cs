using CAManim.Native.Models.Demo;

namespace CAManim.Native.Models;

/// <summary>The networks that this repository trained on images it drew itself.</summary>
internal static class DemoFamily
{
    public static IEnumerable<Architecture> Architectures { get; } =
    [
        Create(DemoNetworks.Scenes, "demo scenes"),
        Create(DemoNetworks.Phantom, "demo phantoms"),
    ];

    private static Architecture Create(string name, string dataset)
    {
        IReadOnlyList<string> classes = DemoNetworks.ClassNamesOf(name);
        return new Architecture(name, () => new DemoNetwork(classes.Count), DemoScenes.Size, DemoScenes.Size)
        {
            Classes = new ClassNames(dataset, classes),
            PlaceWeights = () => DemoNetworks.PlaceWeights(name),
            Mean = [DemoPreprocessing.Mean, DemoPreprocessing.Mean, DemoPreprocessing.Mean],
            StandardDeviation = [DemoPreprocessing.Deviation, DemoPreprocessing.Deviation, DemoPreprocessing.Deviation],
        };
    }
}

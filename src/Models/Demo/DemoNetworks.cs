using System.Collections.Concurrent;
using System.Reflection;
using CAManim.Native.Kernels.Interop;
using CAManim.Native.Models.Weights;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Demo;

/// <summary>The networks of the demo and their weights, which this package carries.</summary>
public static class DemoNetworks
{
    /// <summary>Name of the network that knows <see cref="DemoScenes"/>.</summary>
    public const string Scenes = "demo_scenes";

    /// <summary>Name of the network that knows <see cref="DemoPhantoms"/>.</summary>
    public const string Phantom = "demo_phantom";

    /// <summary>Both names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Scenes, Phantom];

    // Held open to the end of the process: the paths that were given out stay good.
    private static readonly ConcurrentDictionary<string, Lazy<CachedFile>> Placed = new(StringComparer.Ordinal);

    /// <summary>Names of the classes of a network.</summary>
    /// <exception cref="ArgumentException">There is no such demo network.</exception>
    public static IReadOnlyList<string> ClassNamesOf(string name) => name switch
    {
        Scenes => DemoScenes.ClassNames,
        Phantom => DemoPhantoms.ClassNames,
        _ => throw Unknown(name),
    };

    /// <summary>The architecture without values, [N,3,128,128] to logits [N,classes]; fill it before it is used.</summary>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 2.</exception>
    public static nn.Module<Tensor, Tensor> CreateEmpty(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        return new DemoNetwork(classes);
    }

    /// <summary>A path by which this process opens a network's weights; the package's copy is placed into the cache folder first, or into memory.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>A safetensors file of float16 with class names, preprocessing and accuracy in its metadata.</returns>
    /// <exception cref="ArgumentException">There is no such demo network.</exception>
    /// <exception cref="IOException">There is room for it neither in a folder nor in memory.</exception>
    public static string PlaceWeights(string name)
    {
        _ = ClassNamesOf(name);
        return Placed.GetOrAdd(name, n => new Lazy<CachedFile>(() => Place($"{n}.safetensors"))).Value.OpenPath;
    }

    /// <summary>A trained network in evaluation mode, its parameters frozen. Dispose it to free the weights.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such demo network.</exception>
    /// <exception cref="IOException">There is room for the weights neither in a folder nor in memory.</exception>
    public static nn.Module<Tensor, Tensor> Load(string name)
    {
        nn.Module<Tensor, Tensor> network = CreateEmpty(ClassNamesOf(name).Count);
        WeightLoader.Load(network, PlaceWeights(name));
        network.eval();
        return network;
    }

    private static CachedFile Place(string file)
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(file)!;
        byte[] content = new byte[resource.Length];
        resource.ReadExactly(content);
        return CacheFolder.Place(file, content);
    }

    private static ArgumentException Unknown(string name) =>
        new($"There is no demo network '{name}'; there are {string.Join(" and ", Names.Select(n => $"'{n}'"))}.", nameof(name));
}

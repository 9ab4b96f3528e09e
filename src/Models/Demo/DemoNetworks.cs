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

    /// <summary>Path of a network's weights on this machine; the package's copy is placed into the cache folder first.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>A safetensors file of float16 with class names, preprocessing and accuracy in its metadata.</returns>
    /// <exception cref="ArgumentException">There is no such demo network.</exception>
    /// <exception cref="IOException">No cache folder can be written.</exception>
    public static string PlaceWeights(string name)
    {
        _ = ClassNamesOf(name);
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{name}.safetensors")!;
        byte[] content = new byte[resource.Length];
        resource.ReadExactly(content);
        return CacheFolder.Place($"{name}.safetensors", content);
    }

    /// <summary>A trained network in evaluation mode, its parameters frozen. Dispose it to free the weights.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such demo network.</exception>
    /// <exception cref="IOException">No cache folder can be written.</exception>
    public static nn.Module<Tensor, Tensor> Load(string name)
    {
        nn.Module<Tensor, Tensor> network = CreateEmpty(ClassNamesOf(name).Count);
        WeightLoader.Load(network, PlaceWeights(name));
        network.eval();
        return network;
    }

    private static ArgumentException Unknown(string name) =>
        new($"There is no demo network '{name}'; there are {string.Join(" and ", Names.Select(n => $"'{n}'"))}.", nameof(name));
}

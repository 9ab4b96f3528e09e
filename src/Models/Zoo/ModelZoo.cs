namespace CAManim.Native.Models;

/// <summary>All networks by torchvision's names.</summary>
public static class ModelZoo
{
    private static readonly Dictionary<string, Architecture> Architectures =
        new[]
            {
                DemoFamily.Architectures, PlainFamilies.Architectures, ConvNextFamily.Architectures, DenseNetFamily.Architectures, EfficientNetFamily.Architectures,
                InceptionFamily.Architectures, MnasNetFamily.Architectures, MobileNetFamily.Architectures, RegNetFamily.Architectures,
                ResNetFamily.Architectures, ShuffleNetFamily.Architectures, SqueezeNetFamily.Architectures, TransformerFamilies.Architectures,
            }
            .SelectMany(family => family)
            .ToDictionary(a => a.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names, sorted by family and size.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Architectures.Keys];

    /// <summary>Makes a network without weights; load them before it is used.</summary>
    /// <param name="name">torchvision's name (case does not matter), or the user's own class as <c>FILE.dll:Namespace.Type</c>, see <see cref="AssemblyNetwork"/>, or an ONNX file with its weights, see <see cref="Onnx.OnnxNetworks"/>.</param>
    /// <exception cref="Onnx.OnnxException">The ONNX file cannot be used.</exception>
    /// <exception cref="ArgumentException">There is no such network; the message suggests near names, or what to do with a TorchScript or weight file.</exception>
    public static LoadedModel Create(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (AssemblyNetwork.IsReference(name))
        {
            return AssemblyNetwork.Create(name);
        }

        if (Onnx.OnnxNetworks.IsReference(name))
        {
            return Onnx.OnnxNetworks.Create(name);
        }

        return Architectures.TryGetValue(name, out Architecture? architecture)
            ? new LoadedModel(architecture)
            : throw new ArgumentException(WeightsAsModel.Advice(name) ?? $"There is no model '{name}'.{NearestNames.Question(name, Names)} 'camanim models' lists all {Names.Count}.", nameof(name));
    }

    /// <summary>Makes a network with another number of classes than the one that its architecture was published with; load weights of as many before it is used.</summary>
    /// <param name="name">As for <see cref="Create(string)"/>.</param>
    /// <param name="classes">Number of classes, one or more.</param>
    /// <exception cref="ArgumentException">There is no such network, or it cannot have so many classes.</exception>
    public static LoadedModel Create(string name, int classes) => With(Create(name), model => model.Expect(classes, $"{classes} classes were asked for"));

    /// <summary>Makes a network with classes of one's own; load weights of as many before it is used.</summary>
    /// <param name="name">As for <see cref="Create(string)"/>.</param>
    /// <param name="classes">Their names, by index; see <see cref="ClassNames.Read"/>.</param>
    /// <exception cref="ArgumentException">There is no such network, or it cannot have so many classes.</exception>
    public static LoadedModel Create(string name, ClassNames classes) => With(Create(name), model => model.NameClasses(classes));

    /// <summary>Makes a network and loads its weights.</summary>
    /// <param name="name">torchvision's name; case does not matter.</param>
    /// <param name="weights">A weight file, <c>default</c>, a published variant, or <c>rule:SALT</c>; see <see cref="LoadedModel.LoadWeights"/>.</param>
    /// <param name="download">How published files are downloaded, or null.</param>
    /// <exception cref="ArgumentException">There is no such network; the message suggests near names.</exception>
    /// <exception cref="Weights.WeightFileException">The weights cannot be used or do not fit.</exception>
    public static LoadedModel Create(string name, string weights, Weights.DownloadOptions? download = null) =>
        With(Create(name), model => model.LoadWeights(weights, download));

    /// <summary>Describes a network without keeping it.</summary>
    /// <param name="name">torchvision's name; case does not matter.</param>
    /// <exception cref="ArgumentException">There is no such network; the message suggests near names.</exception>
    public static ModelInfo Describe(string name)
    {
        using LoadedModel model = Create(name);
        return model.Info;
    }

    /// <summary>Makes all networks of the zoo, one after the other.</summary>
    internal static IEnumerable<LoadedModel> All() => Architectures.Values.Select(a => new LoadedModel(a));

    private static LoadedModel With(LoadedModel model, Action<LoadedModel> change)
    {
        try
        {
            change(model);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}

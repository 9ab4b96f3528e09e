using CAManim.Native.Kernels.Threads;
using CAManim.Native.Models.Weights;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>A network of the zoo, or the user's own, with what is needed to feed and to read it. Dispose it to free the weights.</summary>
public sealed class LoadedModel : IDisposable
{
    private readonly Architecture _architecture;
    private bool _hasItsOwnWeights;

    internal LoadedModel(Architecture architecture, bool hasWeights = false)
    {
        _architecture = architecture;
        HasWeights = _hasItsOwnWeights = hasWeights;
        InputSize = architecture.InputSize;
        ResizeSize = architecture.ResizeSize;
        Module = architecture.Build();
        Module.eval();
        InputChannels = architecture.InputChannels ?? 3;
        Remarks = architecture.Remarks;
    }

    /// <summary>Whether the network has its values already, as one from an ONNX file does; loading weights is then optional.</summary>
    public bool HasWeights { get; private set; }

    /// <summary>What a user should know of how the network was made or its weights were loaded, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>Channels of the input, C: 3 for colour, 1 for grey; of the first convolution, or as the network declares it.</summary>
    public int InputChannels { get; }

    /// <summary>torchvision's name, or that of the user's class or file.</summary>
    public string Name => _architecture.Name;

    /// <summary>The network, [N,3,H,W] to logits [N,classes], in evaluation mode, its parameters frozen. Without values until weights are loaded.</summary>
    public nn.Module<Tensor, Tensor> Module { get; }

    /// <summary>Side of the input in pixels; published weights set it to what they were evaluated at.</summary>
    public int InputSize { get; private set; }

    /// <summary>Side that the shorter edge is scaled to before the centre crop; published weights set it to what they were evaluated at.</summary>
    public int ResizeSize { get; private set; }

    /// <summary>Means that are subtracted from RGB in [0,1].</summary>
    public IReadOnlyList<float> Mean => _architecture.Mean;

    /// <summary>Deviations that the differences are divided by.</summary>
    public IReadOnlyList<float> StandardDeviation => _architecture.StandardDeviation;

    /// <summary>
    /// What turns the logits into scores, where the network says so: the last operation of an ONNX file, which is left out there, so that
    /// <see cref="Module"/> gives logits in any case. <see cref="Models.FinalActivation.None"/> where it does not say.
    /// </summary>
    public FinalActivation FinalActivation => _architecture.FinalActivation;

    /// <summary>Names of the classes.</summary>
    public ClassNames ClassNames => _architecture.Classes ?? ClassNames.ImageNet;

    /// <summary>Parameters, layers, sizes and preprocessing in one record.</summary>
    public ModelInfo Info => new(
        Name,
        Module.parameters().Sum(p => p.numel()),
        1 + Module.named_modules().Count(),
        InputSize,
        ResizeSize,
        Mean,
        StandardDeviation,
        ClassNames.Dataset,
        ClassNames.Count,
        [.. _architecture.PlaceWeights is null && !_hasItsOwnWeights ? PublishedWeights.Of(Name).Select(w => w.Variant) : ["default"], "rule:SALT"]);

    /// <summary>
    /// Loads weights: a file of any known format, <c>default</c> (what the package or an ONNX file carries, or torchvision's) or a variant such as <c>IMAGENET1K_V1</c> (torchvision's published files,
    /// see <see cref="WeightCache"/>), or <c>rule:SALT</c> (see <see cref="RuleWeights"/>). A file of such a name wins by a path: <c>./default</c>.
    /// </summary>
    /// <param name="weights">Path, variant or rule.</param>
    /// <param name="download">How published files are downloaded, or null.</param>
    /// <exception cref="WeightFileException">The file cannot be used or does not fit, or there are no such weights.</exception>
    public void LoadWeights(string weights, DownloadOptions? download = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(weights);
        try
        {
            Place(weights, download);
        }
        finally
        {
            // The network may be run by another thread.
            TorchThreads.Release();
        }
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => Module.Dispose();

    private void Place(string weights, DownloadOptions? download)
    {
        const string rule = "rule:";
        if (weights.StartsWith(rule, StringComparison.Ordinal))
        {
            RuleWeights.Fill(Module, weights[rule.Length..]);
        }
        else if (_hasItsOwnWeights && weights.Equals("default", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }
        else if (weights.Equals("default", StringComparison.OrdinalIgnoreCase) && _architecture.PlaceWeights is { } place)
        {
            WeightLoader.Load(Module, place());
        }
        else if (PublishedWeights.IsVariant(weights))
        {
            LoadPublished(weights, download);
        }
        else
        {
            WeightLoader.Load(Module, weights);
        }

        (HasWeights, _hasItsOwnWeights) = (true, false);
    }

    private void LoadPublished(string variant, DownloadOptions? download)
    {
        PublishedWeights[] known = [.. PublishedWeights.Of(Name)];
        PublishedWeights published = PublishedWeights.Find(Name, variant)
            ?? throw new WeightFileException(known.Length == 0
                ? $"There are no published weights of {Name}. Give a file."
                : $"{Name} has no weights '{variant}'. There are {string.Join(", ", known.Select(w => w.Variant))} ('default' is {known.First(w => w.IsDefault).Variant}).");
        WeightLoader.Load(Module, WeightCache.Fetch(published, download));
        (InputSize, ResizeSize) = (published.InputSize, published.ResizeSize);
    }
}

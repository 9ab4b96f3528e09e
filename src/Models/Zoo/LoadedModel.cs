using CAManim.Native.Kernels.Threads;
using CAManim.Native.Models.Weights;
using CAManim.Native.Models.Weights.Matching;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>A network of the zoo, or the user's own, with what is needed to feed and to read it. Dispose it to free the weights.</summary>
public sealed class LoadedModel : IDisposable
{
    private const string Rule = "rule:";

    private readonly Architecture _architecture;
    private readonly List<string> _remarks = [];
    private bool _hasItsOwnWeights;
    private OpenedWeights? _opened;
    private ClassNames? _names;
    private int? _classCount;
    private bool _isExpected;

    internal LoadedModel(Architecture architecture, bool hasWeights = false)
    {
        _architecture = architecture;
        HasWeights = _hasItsOwnWeights = hasWeights;
        InputSize = architecture.InputSize;
        ResizeSize = architecture.ResizeSize;
        Module = architecture.Build();
        Module.eval();
        InputChannels = architecture.InputChannels ?? FirstConvolution.InChannels(Module) ?? 3;
    }

    /// <summary>Whether the network has its values already, as one from an ONNX file does; loading weights is then optional.</summary>
    public bool HasWeights { get; private set; }

    /// <summary>Whether its weights were made up by a rule (<c>rule:SALT</c>): its maps show what a network of this architecture does, and mean nothing.</summary>
    public bool HasMadeUpWeights { get; private set; }

    /// <summary>What a user should know of how the network was made or its weights were loaded, a sentence each: the output that was taken, the number of classes, tensors that were not used, which weights of a checkpoint were taken.</summary>
    public IReadOnlyList<string> Remarks => [.. _architecture.Remarks, .. _remarks];

    /// <summary>Channels of the input, C: 3 for colour, 1 for grey; of the first convolution, or as the network declares it.</summary>
    public int InputChannels { get; }

    /// <summary>torchvision's name, or that of the user's class or file.</summary>
    public string Name => _architecture.Name;

    /// <summary>The network, [N,C,H,W] to logits [N,classes], in evaluation mode, its parameters frozen. Without values until weights are loaded.</summary>
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

    /// <summary>Names of the classes: those that were given, else the architecture's where the weights have as many, else numbers.</summary>
    public ClassNames ClassNames => _names ?? (_classCount is { } count && count != StandardNames.Count ? ClassNames.Numbered(count) : StandardNames);

    private ClassNames StandardNames => _architecture.Classes ?? ClassNames.ImageNet;

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
    /// A file of a network with another head gives it as many classes as the file has (<see cref="Remarks"/> says so).
    /// </summary>
    /// <param name="weights">Path, variant or rule.</param>
    /// <param name="download">How published files are downloaded, or null.</param>
    /// <param name="stateKey">Which weights of a file that holds several, see <see cref="WeightFile.Open"/>.</param>
    /// <exception cref="WeightFileException">The file cannot be used, does not fit or is not finite, or there are no such weights; or it has another number of classes than there are names.</exception>
    public void LoadWeights(string weights, DownloadOptions? download = null, string? stateKey = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(weights);
        try
        {
            Place(weights, download, stateKey);
        }
        finally
        {
            // The network may be run by another thread.
            TorchThreads.Release();
        }
    }

    /// <summary>
    /// Looks into a weight file before it is loaded: <see cref="ClassNames"/> then has the file's number of classes. <see cref="LoadWeights"/> with the
    /// same arguments reads what was opened. Nothing happens where the weights are no file.
    /// </summary>
    /// <param name="weights">As for <see cref="LoadWeights"/>.</param>
    /// <param name="stateKey">As for <see cref="LoadWeights"/>.</param>
    /// <exception cref="WeightFileException">The file cannot be used or does not fit.</exception>
    public void OpenWeights(string weights, string? stateKey = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(weights);
        if (IsFile(weights))
        {
            Open(weights, weights, stateKey);
        }
        else if (stateKey is not null)
        {
            throw new WeightFileException($"'{weights}' are no weights of a file, so that '{stateKey}' chooses nothing. Leave the key out, or give a file.");
        }
    }

    /// <summary>Names the classes.</summary>
    /// <param name="names">One a class, by index.</param>
    /// <exception cref="ArgumentException">The network is known to have another number of classes.</exception>
    public void NameClasses(ClassNames names)
    {
        ArgumentNullException.ThrowIfNull(names);
        Expect(names.Count, $"{names.Count} names were given");
        _names = names;
    }

    /// <summary>Gives the network another number of classes, before weights are loaded; those must have as many then.</summary>
    /// <exception cref="ArgumentException">It is not one or more, or the network is known to have another number.</exception>
    internal void Expect(int count, string asked)
    {
        IReadOnlyList<NetworkHead> heads = NetworkHead.Of(Module);
        if (count < 1 || (heads.Count == 0 && _architecture.Classes is { Count: > 0 } own && own.Count != count) || (heads.Count > 0 && (HasWeights || _opened is not null) && ClassNames.Count != count))
        {
            throw new ArgumentException(count < 1 ? $"{asked}; a classifier has one class or more." : $"{Name} has {ClassNames.Count} classes, and {asked}. Give a name for each class, in their order.");
        }

        foreach (NetworkHead head in heads.Where(_ => !HasWeights && ClassNames.Count != count))
        {
            head.Layer.SetClasses(count, head.Layer.HasBias);
        }

        (_classCount, _isExpected) = (count, true);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        _opened?.Dispose();
        Module.Dispose();
    }

    private void Place(string weights, DownloadOptions? download, string? stateKey)
    {
        _remarks.Clear();
        HasMadeUpWeights = weights.StartsWith(Rule, StringComparison.Ordinal);
        if (stateKey is not null || IsFile(weights))
        {
            OpenWeights(weights, stateKey);
            ReadOpened();
        }
        else if (HasMadeUpWeights)
        {
            RuleWeights.Fill(Module, weights[Rule.Length..]);
        }
        else if (_hasItsOwnWeights && weights.Equals("default", StringComparison.OrdinalIgnoreCase))
        {
            _architecture.CheckOwnWeights?.Invoke();
            return;
        }
        else if (weights.Equals("default", StringComparison.OrdinalIgnoreCase) && _architecture.PlaceWeights is { } place)
        {
            Open(place(), weights, null);
            ReadOpened();
        }
        else
        {
            LoadPublished(weights, download);
        }

        (HasWeights, _hasItsOwnWeights) = (true, false);
    }

    private void Open(string path, string asked, string? stateKey)
    {
        if (_opened is { } same && same.Is(asked, stateKey))
        {
            return;
        }

        _opened?.Dispose();
        _opened = null;
        OpenedWeights opened = new(this, path, asked, stateKey);
        if (_isExpected && opened.Classes is { } found && found != _classCount)
        {
            opened.Dispose();
            throw new WeightFileException($"The weights of '{path}' have {found} classes, {_classCount} {(_names is null ? "were asked for" : "names were given")}. Give as many names as the file has classes, in its order.");
        }

        _classCount = opened.Classes ?? _classCount;
        _opened = opened;
    }

    private void ReadOpened()
    {
        using OpenedWeights opened = _opened!;
        _opened = null;
        opened.Read();
        _remarks.AddRange(opened.Remarks);
    }

    private static bool IsFile(string weights) => !weights.StartsWith(Rule, StringComparison.Ordinal) && !PublishedWeights.IsVariant(weights);

    private void LoadPublished(string variant, DownloadOptions? download)
    {
        PublishedWeights[] known = [.. PublishedWeights.Of(Name)];
        PublishedWeights published = PublishedWeights.Find(Name, variant)
            ?? throw new WeightFileException(known.Length == 0
                ? $"There are no published weights of {Name}. Give a file."
                : $"{Name} has no weights '{variant}'. There are {string.Join(", ", known.Select(w => w.Variant))} ('default' is {known.First(w => w.IsDefault).Variant}).");
        Open(WeightCache.Fetch(published, download), variant, null);
        ReadOpened();
        (InputSize, ResizeSize) = (published.InputSize, published.ResizeSize);
    }
}

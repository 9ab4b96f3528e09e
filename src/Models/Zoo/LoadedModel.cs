using CAManim.Native.Models.Weights;
using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>A network of the zoo with what is needed to feed and to read it. Dispose it to free the weights.</summary>
public sealed class LoadedModel : IDisposable
{
    private readonly Architecture _architecture;

    internal LoadedModel(Architecture architecture)
    {
        _architecture = architecture;
        Module = architecture.Build();
        Module.eval();
    }

    /// <summary>torchvision's name.</summary>
    public string Name => _architecture.Name;

    /// <summary>The network, [N,3,H,W] to logits [N,classes], in evaluation mode, its parameters frozen. Without values until weights are loaded.</summary>
    public nn.Module<Tensor, Tensor> Module { get; }

    /// <summary>Side of the input in pixels.</summary>
    public int InputSize => _architecture.InputSize;

    /// <summary>Side that the shorter edge is scaled to before the centre crop.</summary>
    public int ResizeSize => _architecture.ResizeSize;

    /// <summary>Means that are subtracted from RGB in [0,1].</summary>
    public IReadOnlyList<float> Mean => _architecture.Mean;

    /// <summary>Deviations that the differences are divided by.</summary>
    public IReadOnlyList<float> StandardDeviation => _architecture.StandardDeviation;

    /// <summary>Names of the classes.</summary>
    public ClassNames ClassNames => _architecture.IsCifar ? ClassNames.Cifar10 : ClassNames.ImageNet;

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
        ["rule:SALT"]);

    /// <summary>Loads weights: a file of any known format, or <c>rule:SALT</c> (see <see cref="RuleWeights"/>).</summary>
    /// <param name="weights">Path or rule.</param>
    /// <exception cref="WeightFileException">The file cannot be used or does not fit.</exception>
    public void LoadWeights(string weights)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(weights);
        const string rule = "rule:";
        if (weights.StartsWith(rule, StringComparison.Ordinal))
        {
            RuleWeights.Fill(Module, weights[rule.Length..]);
        }
        else
        {
            WeightLoader.Load(Module, weights);
        }
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => Module.Dispose();
}

using static TorchSharp.torch;

namespace CAManim.Native.Models;

/// <summary>What the zoo knows about a network before it is built.</summary>
/// <param name="Name">torchvision's name.</param>
/// <param name="Build">Makes the network.</param>
/// <param name="InputSize">Side of the input in pixels.</param>
/// <param name="ResizeSize">Side that the shorter edge is scaled to before the centre crop.</param>
internal sealed record Architecture(string Name, Func<nn.Module<Tensor, Tensor>> Build, int InputSize = 224, int ResizeSize = 256)
{
    /// <summary>Its classes; null: those of ImageNet.</summary>
    public ClassNames? Classes { get; init; }

    /// <summary>Where the package carries the weights itself: puts them into the cache folder and returns the path.</summary>
    public Func<string>? PlaceWeights { get; init; }

    /// <summary>Channels of its input; null: those of its first convolution.</summary>
    public int? InputChannels { get; init; }

    /// <summary>What a user should know of how it was made, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Throws <see cref="Weights.WeightFileException"/> where the values that it was made with are no weights; null: they are.</summary>
    public Action? CheckOwnWeights { get; init; }

    /// <summary>What turns its logits into scores, where it says so.</summary>
    public FinalActivation FinalActivation { get; init; }

    /// <summary>Means that are subtracted from RGB in [0,1]; ImageNet's unless the network was trained otherwise.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0.485f, 0.456f, 0.406f];

    /// <summary>Deviations that the differences are divided by.</summary>
    public IReadOnlyList<float> StandardDeviation { get; init; } = [0.229f, 0.224f, 0.225f];
}

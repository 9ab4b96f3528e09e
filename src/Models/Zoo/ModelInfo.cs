namespace CAManim.Native.Models;

/// <summary>What is known of a network without its weights.</summary>
/// <param name="Name">torchvision's name.</param>
/// <param name="Parameters">Number of trainable scalars.</param>
/// <param name="Layers">Number of modules, the network itself and containers included.</param>
/// <param name="InputSize">Side of the input in pixels that the published weights were evaluated at.</param>
/// <param name="ResizeSize">Side that the shorter edge is scaled to before the centre crop.</param>
/// <param name="Mean">Means that are subtracted from RGB in [0,1].</param>
/// <param name="StandardDeviation">Deviations that the differences are divided by.</param>
/// <param name="Dataset">What the classes belong to.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Weights">What <c>--weights</c> understands besides a file.</param>
public sealed record ModelInfo(
    string Name,
    long Parameters,
    int Layers,
    int InputSize,
    int ResizeSize,
    IReadOnlyList<float> Mean,
    IReadOnlyList<float> StandardDeviation,
    string Dataset,
    int Classes,
    IReadOnlyList<string> Weights);

using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Outputs;

namespace CAManim.Native.Engine.Results;

/// <summary>What a network says of one image: plain memory, nothing to dispose.</summary>
/// <param name="Logits">[K], what goes into a softmax or sigmoid at the network's end.</param>
/// <param name="Activation">How they become scores; never <see cref="ScoreActivation.Auto"/>.</param>
/// <param name="ActivationReason">Why that is no softmax, where nobody asked for it; null else.</param>
public sealed record Prediction(ReadOnlyMemory<float> Logits, ScoreActivation Activation, string? ActivationReason)
{
    /// <summary>Score of a class: 0 to 1, or the output itself by <see cref="ScoreActivation.None"/>.</summary>
    /// <param name="index">0 to K-1.</param>
    public float ScoreOf(int index) => ScoreActivations.At(Activation, Logits.Span, index);

    /// <summary>Indices of the classes with the highest logits, highest first, the lower index first among equals.</summary>
    /// <param name="count">How many; more than there are means all.</param>
    public IReadOnlyList<int> Top(int count) => LogitRanking.Largest(Logits.Span, count);
}

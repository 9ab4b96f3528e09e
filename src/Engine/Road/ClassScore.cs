using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Outputs;

namespace CAManim.Native.Engine.Road;

/// <summary>The number that all measures here compare.</summary>
internal static class ClassScore
{
    /// <summary>How the scores of maps are made: as asked, else as those that the maps came with.</summary>
    public static ScoreActivation Choose(ScoreActivation asked, CamResult maps) => asked == ScoreActivation.Auto && maps.Logits.Length == 0
        ? maps.Activation
        : ScoreActivations.Choose(asked, maps.Activation, maps.Logits.Span).Activation;

    /// <summary>Score of a class.</summary>
    /// <exception cref="CamException">The network has no such class.</exception>
    public static float Of(ScoreActivation activation, ReadOnlySpan<float> logits, int classIndex)
    {
        if ((uint)classIndex < (uint)logits.Length)
        {
            return ScoreActivations.At(activation, logits, classIndex);
        }

        throw new CamException(classIndex < 0
            ? "The maps are of no class, but of a target function; scores are those of a class. Give maps of a class of a network that returns logits."
            : $"The maps are of class {classIndex}; the network has {logits.Length} classes, 0 to {logits.Length - 1}. Give the network that the maps came from.");
    }
}

using CAManim.Native.Engine.Targets;

namespace CAManim.Native.Engine.Road;

/// <summary>The number that all measures here compare.</summary>
internal static class ClassScore
{
    /// <summary>Softmax score of a class.</summary>
    /// <exception cref="CamException">The network has no such class.</exception>
    public static float Of(ReadOnlySpan<float> logits, int classIndex) => (uint)classIndex < (uint)logits.Length
        ? Softmax.At(logits, classIndex)
        : throw new CamException($"The maps are of class {classIndex}; the network has {logits.Length} classes, 0 to {logits.Length - 1}. Give the network that the maps came from.");
}

using static TorchSharp.torch;

namespace CAManim.Native.Engine.Targets;

/// <summary>What the maps explain: a score made of an image's logits.</summary>
public abstract record Target
{
    /// <summary>The class with the highest logit.</summary>
    public static Target Top { get; } = new TopTarget();

    /// <summary>The logit of one class.</summary>
    /// <param name="index">Index of the class, from 0.</param>
    public static Target Class(int index) => new ClassTarget(index);

    /// <summary>The logit of one class less that of another: what speaks for <paramref name="index"/> against <paramref name="against"/>.</summary>
    public static Target Contrast(int index, int against) => new ContrastTarget(index, against);

    /// <summary>Minus the logit of a class: what speaks against it (counterfactual).</summary>
    public static Target Not(int index) => new CounterfactualTarget(index);

    /// <summary>The class whose index and probability stand for the target in results, given the logits.</summary>
    /// <param name="logits">[K].</param>
    internal abstract int ClassIndex(ReadOnlySpan<float> logits);

    /// <summary>The score, a scalar, of <paramref name="logits"/> [K]; gradients flow back from it.</summary>
    internal abstract Tensor Score(Tensor logits, int classIndex);

    private static int Check(int index, int classes) => (uint)index < (uint)classes
        ? index
        : throw new CamException($"Class {index} was asked for; the network has {classes} classes, 0 to {classes - 1}.");

    private sealed record TopTarget : Target
    {
        internal override int ClassIndex(ReadOnlySpan<float> logits)
        {
            int best = 0;
            for (int k = 1; k < logits.Length; k++)
            {
                best = logits[k] > logits[best] || float.IsNaN(logits[best]) ? k : best;
            }

            return best;
        }

        internal override Tensor Score(Tensor logits, int classIndex) => logits[classIndex];
    }

    private sealed record ClassTarget(int Index) : Target
    {
        internal override int ClassIndex(ReadOnlySpan<float> logits) => Check(Index, logits.Length);

        internal override Tensor Score(Tensor logits, int classIndex) => logits[classIndex];
    }

    private sealed record ContrastTarget(int Index, int Against) : Target
    {
        internal override int ClassIndex(ReadOnlySpan<float> logits)
        {
            Check(Against, logits.Length);
            return Check(Index, logits.Length);
        }

        internal override Tensor Score(Tensor logits, int classIndex) => logits[Index] - logits[Against];
    }

    private sealed record CounterfactualTarget(int Index) : Target
    {
        internal override int ClassIndex(ReadOnlySpan<float> logits) => Check(Index, logits.Length);

        internal override Tensor Score(Tensor logits, int classIndex) => -logits[Index];
    }
}

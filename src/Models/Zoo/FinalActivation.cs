namespace CAManim.Native.Models;

/// <summary>What turns a network's logits into scores, where the network says so.</summary>
public enum FinalActivation
{
    /// <summary>It does not say: nothing follows the logits.</summary>
    None,

    /// <summary>Each logit for itself, 1 / (1 + exp(-x)): independent findings, or one.</summary>
    Sigmoid,

    /// <summary>All logits together, exp(x) / sum exp(x): one class of several.</summary>
    Softmax,

    /// <summary>The logarithm of <see cref="Softmax"/>; the scores are the softmax of the logits.</summary>
    LogSoftmax,
}

namespace CAManim.Native.Kernels.Outputs;

/// <summary>How a network's outputs [K] become the scores of its classes: what probabilities, ROAD, curves and drops are made of.</summary>
/// <remarks>Maps explain the outputs before it, the logits: a softmax or sigmoid at the network's end is left out.</remarks>
public enum ScoreActivation
{
    /// <summary>
    /// By the network's last operation where it is known; else <see cref="Sigmoid"/> for one output, <see cref="None"/> for outputs that
    /// are probabilities already (0 to 1, sum 1), <see cref="Softmax"/> for all others.
    /// </summary>
    Auto,

    /// <summary>One of K classes: exp(z_c) / sum exp(z), 0 to 1.</summary>
    Softmax,

    /// <summary>Each output by itself, as findings that do not exclude each other, or the one of two: 1 / (1 + exp(-z_c)), 0 to 1.</summary>
    Sigmoid,

    /// <summary>The output as it is: any number.</summary>
    None,
}

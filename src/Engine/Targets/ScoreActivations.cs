using CAManim.Native.Kernels.Outputs;

namespace CAManim.Native.Engine.Targets;

/// <summary>Scores of classes by what stands, or belongs, at a network's end.</summary>
public static class ScoreActivations
{
    // Rounding of a float32 softmax over a thousand classes; two small logits seldom come that near.
    private const double SumSlack = 1e-5;

    /// <summary>The score of a class, in float64.</summary>
    /// <param name="activation">How; <see cref="ScoreActivation.Auto"/> goes by their number: sigmoid for one, else softmax. Values decide once a network (<see cref="Choose"/>), not image by image.</param>
    /// <param name="logits">[K].</param>
    /// <param name="index">0 to K-1.</param>
    /// <returns>0 to 1, or the logit itself by <see cref="ScoreActivation.None"/>; NaN where a logit that counts is NaN.</returns>
    public static float At(ScoreActivation activation, ReadOnlySpan<float> logits, int index) => activation switch
    {
        ScoreActivation.Sigmoid => (float)(1 / (1 + Math.Exp(-(double)logits[index]))),
        ScoreActivation.None => logits[index],
        ScoreActivation.Softmax => Softmax.At(logits, index),
        _ => At(logits.Length == 1 ? ScoreActivation.Sigmoid : ScoreActivation.Softmax, logits, index),
    };

    /// <summary>What <see cref="ScoreActivation.Auto"/> means for a network.</summary>
    /// <param name="asked">What was asked for.</param>
    /// <param name="known">The network's last operation, <see cref="ScoreActivation.Auto"/> where it is not known.</param>
    /// <param name="logits">[K], what it returned for an image.</param>
    /// <returns>Never <see cref="ScoreActivation.Auto"/>; and where it was chosen here and is no softmax, why, for people.</returns>
    /// <exception cref="CamException">A softmax was asked for, of one output.</exception>
    public static (ScoreActivation Activation, string? Reason) Choose(ScoreActivation asked, ScoreActivation known, ReadOnlySpan<float> logits)
    {
        if (!Enum.IsDefined(asked))
        {
            throw new CamException($"There is no activation {(int)asked}; auto, softmax, sigmoid and none exist.");
        }

        if (asked == ScoreActivation.Softmax && logits.Length == 1)
        {
            throw new CamException("The scores were to be a softmax, and the network has one output: that softmax is always 1. Use the sigmoid, none, or auto.");
        }

        if (asked != ScoreActivation.Auto)
        {
            return (asked, null);
        }

        return known switch
        {
            ScoreActivation.Sigmoid => (known, "the network ends in a sigmoid"),
            ScoreActivation.None => (known, "the network says so"),
            _ when logits.Length == 1 => (ScoreActivation.Sigmoid, "the network has one output"),
            ScoreActivation.Softmax => (known, null),
            _ when AreProbabilities(logits) => (ScoreActivation.None, "the outputs are probabilities already, from 0 to 1 with the sum 1"),
            _ => (ScoreActivation.Softmax, null),
        };
    }

    private static bool AreProbabilities(ReadOnlySpan<float> outputs)
    {
        double sum = 0;
        foreach (float output in outputs)
        {
            if (!(output is >= 0 and <= 1))
            {
                return false;
            }

            sum += output;
        }

        return Math.Abs(sum - 1) <= SumSlack;
    }
}

using static TorchSharp.torch;

namespace CAManim.Native.Engine.Targets;

/// <summary>What the maps explain: a score made of an image's logits.</summary>
public abstract record Target
{
    /// <summary>The class with the highest logit.</summary>
    public static Target Top { get; } = new TopTarget(1);

    /// <summary>The logit of one class.</summary>
    /// <param name="index">Index of the class, from 0.</param>
    public static Target Class(int index) => new ClassTarget(index);

    /// <summary>The logit of one class less that of another: what speaks for <paramref name="index"/> against <paramref name="against"/>.</summary>
    public static Target Contrast(int index, int against) => new ContrastTarget(index, against);

    /// <summary>Minus the logit of a class: what speaks against it (counterfactual).</summary>
    public static Target Not(int index) => new CounterfactualTarget(index);

    /// <summary>The sum of the <paramref name="count"/> highest logits.</summary>
    /// <param name="count">1 or more; more than there are classes means all.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static Target TopK(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new TopTarget(count);
    }

    /// <summary>The logit of a class less <paramref name="strength"/> times those of the classes whose logits are nearest to it, the mean of them by their softmax scores: what tells it from its rivals.</summary>
    /// <remarks>Zhang et al. 2025, "Finer-CAM: Spotting the Difference" (arXiv 2501.11309).</remarks>
    /// <param name="index">Index of the class; null for the top class.</param>
    /// <param name="strength">Alpha; 0 leaves the plain logit.</param>
    /// <param name="rivals">How many nearest classes; more than there are others means all.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rivals"/> is below 1.</exception>
    public static Target Finer(int? index = null, float strength = 1, int rivals = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rivals, 1);
        return new FinerTarget(index, strength, rivals, HasGradientOfWeights: false);
    }

    /// <summary>The same for the class of another target, one class or the top class; other targets have contrasts of their own and stay as they are.</summary>
    /// <param name="target">The target.</param>
    /// <param name="strength">Alpha.</param>
    /// <param name="rivals">How many nearest classes.</param>
    /// <param name="hasGradientOfWeights">Whether the rivals' softmax scores, their weights, are differentiated too, as in pytorch-grad-cam.</param>
    /// <exception cref="CamException">There are no rivals, or the strength is not finite.</exception>
    internal static Target Finer(Target target, float strength, int rivals, bool hasGradientOfWeights)
    {
        if (rivals < 1 || !float.IsFinite(strength))
        {
            throw new CamException($"FinerCAM was asked to take {strength} times the logits of {rivals} classes off; a finite number and 1 class or more are expected.");
        }

        return target switch
        {
            TopTarget { Count: 1 } => new FinerTarget(null, strength, rivals, hasGradientOfWeights),
            ClassTarget one => new FinerTarget(one.Index, strength, rivals, hasGradientOfWeights),
            SharedTarget shared => new SharedTarget(Finer(shared.Inner, strength, rivals, hasGradientOfWeights)),
            _ => target,
        };
    }

    /// <summary>The logit of a class and the logarithm of its softmax score: z_c + ln(softmax(z)_c), "residual softmax target-class" (ReST).</summary>
    /// <remarks>Cai 2025, "CAMs as Shapley Value-based Explainers" (arXiv 2501.06261), as pytorch-grad-cam's ClassifierOutputReST. Unlike a logit alone it falls where other classes rise.</remarks>
    /// <param name="index">Index of the class; null for the top class.</param>
    public static Target Rest(int? index = null) => new RestTarget(index);

    /// <summary>A score of the library user's own: of logits [K], or of whatever else the network returns for one image.</summary>
    /// <param name="score">From one image's output (without the batch dimension) to a scalar, differentiable. Called in every run and for every perturbed image.</param>
    public static Target Function(Func<Tensor, Tensor> score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return new FunctionTarget(score);
    }

    /// <summary>Reads a target: <c>top</c>, <c>top:3</c>, <c>finer</c>, <c>finer:cat</c>, <c>rest</c>, <c>rest:cat</c>, <c>cat</c>, <c>not:cat</c>, <c>dog-cat</c>.</summary>
    /// <param name="text">A name is first looked up whole, so names with hyphens and names like <c>top</c> in them need no quoting.</param>
    /// <param name="resolveClass">From a name or an index as text to the index, or a negative number where there is no such class.</param>
    /// <exception cref="CamException">Nothing of this reads as a target.</exception>
    public static Target Parse(string text, Func<string, int> resolveClass) => TargetText.Parse(text, resolveClass);

    /// <summary>Whether the target needs logits [K], not just any output.</summary>
    internal virtual bool NeedsLogits => true;

    /// <summary>Fixes the score for one image.</summary>
    /// <param name="logits">[K]; empty where the network does not return logits.</param>
    internal abstract TargetScore Resolve(ReadOnlySpan<float> logits);

    /// <summary>Whether a score that was resolved for other logits of the same network is the one for these: then it need not be made again.</summary>
    internal virtual bool Holds(TargetScore score, ReadOnlySpan<float> logits) => false;

    private static int Check(int index, ReadOnlySpan<float> logits) => (uint)index < (uint)logits.Length
        ? index
        : throw new CamException($"Class {index} was asked for; the network has {logits.Length} classes, 0 to {logits.Length - 1}.");

    private sealed record TopTarget(int Count) : Target
    {
        internal override TargetScore Resolve(ReadOnlySpan<float> logits)
        {
            int top = LogitRanking.Top(logits);
            return Count == 1
                ? TargetScore.Sum(top, (top, 1))
                : TargetScore.Sum(top, [.. LogitRanking.Largest(logits, Count).Select(k => (k, 1f))]);
        }

        internal override bool Holds(TargetScore score, ReadOnlySpan<float> logits) => Count == 1 && score.ClassIndex == LogitRanking.Top(logits);
    }

    private sealed record ClassTarget(int Index) : Target
    {
        internal override TargetScore Resolve(ReadOnlySpan<float> logits) => TargetScore.Sum(Check(Index, logits), (Index, 1));

        internal override bool Holds(TargetScore score, ReadOnlySpan<float> logits) => true;
    }

    private sealed record ContrastTarget(int Index, int Against) : Target
    {
        internal override TargetScore Resolve(ReadOnlySpan<float> logits) =>
            TargetScore.Sum(Check(Index, logits), (Index, 1), (Check(Against, logits), -1));

        internal override bool Holds(TargetScore score, ReadOnlySpan<float> logits) => true;
    }

    private sealed record CounterfactualTarget(int Index) : Target
    {
        internal override TargetScore Resolve(ReadOnlySpan<float> logits) => TargetScore.Sum(Check(Index, logits), (Index, -1));

        internal override bool Holds(TargetScore score, ReadOnlySpan<float> logits) => true;
    }

    private sealed record FinerTarget(int? Index, float Strength, int Rivals, bool HasGradientOfWeights) : Target
    {
        // pytorch-grad-cam's constant.
        private const float Epsilon = 1e-9f;

        internal override TargetScore Resolve(ReadOnlySpan<float> logits)
        {
            int index = Check(Index ?? LogitRanking.Top(logits), logits);
            int[] rivals = LogitRanking.Nearest(logits, index, Rivals);
            if (HasGradientOfWeights && rivals.Length > 0)
            {
                return new TargetScore(index, output => Weighted(output, index, rivals));
            }

            double[] weights = new double[rivals.Length];
            for (int i = 0; i < rivals.Length; i++)
            {
                weights[i] = Softmax.At(logits, rivals[i]);
            }

            // Where all of them are 0 in float32 the rivals count the same.
            double sum = weights.Sum();
            return TargetScore.Sum(index, [(index, 1), .. rivals.Select((rival, i) => (rival, (float)(-Strength * (sum == 0 ? 1.0 / rivals.Length : weights[i] / sum))))]);
        }

        private Tensor Weighted(Tensor logits, int index, int[] rivals)
        {
            Tensor chosen = tensor(rivals.Select(r => (long)r).ToArray(), device: logits.device);
            Tensor weights = logits.softmax(-1).index_select(0, chosen);
            Tensor differences = logits[index].Minus(logits.index_select(0, chosen).Times(Strength));
            return weights.mul(differences).sum().div(weights.sum().Plus(Epsilon));
        }
    }

    private sealed record RestTarget(int? Index) : Target
    {
        internal override TargetScore Resolve(ReadOnlySpan<float> logits)
        {
            int index = Check(Index ?? LogitRanking.Top(logits), logits);
            return new TargetScore(index, output => output[index].Plus(nn.functional.log_softmax(output, 0)[index]));
        }
    }

    private sealed record FunctionTarget(Func<Tensor, Tensor> Score) : Target
    {
        internal override bool NeedsLogits => false;

        internal override TargetScore Resolve(ReadOnlySpan<float> logits) =>
            new(logits.IsEmpty ? -1 : LogitRanking.Top(logits), output =>
            {
                Tensor score = Score(output);
                return score.numel() == 1
                    ? score.reshape([])
                    : throw new CamException($"The target function returned shape [{string.Join(',', score.shape)}]; a scalar is expected.");
            })
            {
                TakesOutput = true,
            };
    }
}

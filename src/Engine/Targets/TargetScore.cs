using static TorchSharp.torch;

namespace CAManim.Native.Engine.Targets;

/// <summary>A target once the logits of the image are known: what is fixed by them (the top class, the nearest rival) stays so under perturbation.</summary>
/// <param name="ClassIndex">The class whose index and probability stand for the target in results; -1 where there is none.</param>
/// <param name="Of">The score, a scalar, of one image's output; gradients flow back from it.</param>
internal sealed record TargetScore(int ClassIndex, Func<Tensor, Tensor> Of)
{
    /// <summary>Whether <see cref="Of"/> takes the network's own output, not its logits.</summary>
    public bool TakesOutput { get; init; }

    /// <summary>Whether <see cref="Of"/> is a sum of logits, which may as well be one of the classes' scores; it then takes logits [N,K] too, to scores [N].</summary>
    public bool TakesLogits { get; init; }

    /// <summary>The sum of some logits, each with a factor.</summary>
    public static TargetScore Sum(int classIndex, params (int Class, float Factor)[] terms) => new(classIndex, logits =>
    {
        Tensor? sum = null;
        foreach ((int index, float factor) in terms)
        {
            Tensor logit = logits.select(-1, index);
            Tensor term = factor == 1 ? logit : factor == -1 ? -logit : logit.Times(factor);
            sum = sum is null ? term : sum.Plus(term);
        }

        return sum!;
    })
    {
        TakesLogits = true,
    };

    /// <summary>The scores [N], float64 on the processor, of a batch of outputs.</summary>
    public Tensor OfBatch(Tensor outputs)
    {
        Tensor scores = TakesLogits ? Of(outputs) : stack(Enumerable.Range(0, (int)outputs.shape[0]).Select(n => Of(outputs[n])));
        return scores.to(ScalarType.Float64, CPU);
    }
}

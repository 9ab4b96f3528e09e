using CAManim.Native.Models.Demo;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Train;

/// <summary>Trains a demo network: AdamW, one cycle of the learning rate, cross entropy against soft targets, fresh images in every step.</summary>
internal static class Trainer
{
    // A seventh of the run warms up; the rest follows a cosine to a ten-thousandth.
    private const double WarmUp = 0.15;

    /// <summary>Trains a network.</summary>
    /// <param name="task">What is learned.</param>
    /// <param name="options">Seed, length and rates.</param>
    /// <param name="network">What is trained; left in training mode.</param>
    /// <param name="report">Called after every step with its number and its loss.</param>
    public static void Run(nn.Module<Tensor, Tensor> network, ITrainingTask task, TrainingOptions options, Action<int, float> report)
    {
        network.train();
        AdamW optimizer = new(network.parameters(), options.WeightDecay);
        using BatchSource source = new(task, options);
        for (int step = 0; step < options.Steps; step++)
        {
            report(step, Step(network, optimizer, source.Take(), LearningRate(options, step)));
        }
    }

    /// <summary>The learning rate of a step.</summary>
    public static double LearningRate(TrainingOptions options, int step)
    {
        double progress = (step + 0.5) / options.Steps;
        return progress < WarmUp
            ? options.LearningRate * (0.04 + (0.96 * progress / WarmUp))
            : options.LearningRate * (1e-4 + (0.9999 * 0.5 * (1 + Math.Cos(Math.PI * (progress - WarmUp) / (1 - WarmUp)))));
    }

    // No arithmetic with numbers on tensors: TorchSharp makes a scalar of each, whose finaliser may free it while libtorch reads it.
    private static float Step(nn.Module<Tensor, Tensor> network, AdamW optimizer, Batch batch, double learningRate)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = tensor(batch.Images, [batch.Count, 3, DemoScenes.Size, DemoScenes.Size]);
        Tensor targets = tensor(batch.Targets, [batch.Count, batch.Targets.Length / batch.Count]);
        optimizer.ZeroGradients();
        Tensor loss = nn.functional.log_softmax(network.call(images), 1).mul(targets).sum(1).mean().neg();
        loss.backward();
        optimizer.Step(learningRate);
        return loss.item<float>();
    }
}

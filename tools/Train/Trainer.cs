using CAManim.Native.Models.Demo;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Train;

/// <summary>Trains a demo network: AdamW, one cycle of the learning rate, cross entropy against soft targets, fresh images in every step.</summary>
internal static class Trainer
{
    // A fifth of the run warms up; the rest follows a cosine to a ten-thousandth.
    private const double WarmUp = 0.2;

    /// <summary>Runs the training and returns the network, in training mode.</summary>
    /// <param name="task">What is learned.</param>
    /// <param name="options">Seed, length and rates.</param>
    /// <param name="report">Called after every step with its number and its loss.</param>
    public static nn.Module<Tensor, Tensor> Run(ITrainingTask task, TrainingOptions options, Action<int, float> report)
    {
        set_num_threads(options.Threads);
        nn.Module<Tensor, Tensor> network = InitialWeights.Create(task.ClassNames.Count, options.Seed);
        network.train();
        using AdamW optimizer = optim.AdamW(network.parameters(), options.LearningRate, weight_decay: options.WeightDecay);
        using BatchSource source = new(task, options);
        for (int step = 0; step < options.Steps; step++)
        {
            foreach (var group in optimizer.ParamGroups)
            {
                group.LearningRate = LearningRate(options, step);
            }

            report(step, Step(network, optimizer, source.Take(), options));
        }

        return network;
    }

    /// <summary>The learning rate of a step.</summary>
    public static double LearningRate(TrainingOptions options, int step)
    {
        double progress = (step + 0.5) / options.Steps;
        return progress < WarmUp
            ? options.LearningRate * (0.04 + (0.96 * progress / WarmUp))
            : options.LearningRate * (1e-4 + (0.9999 * 0.5 * (1 + Math.Cos(Math.PI * (progress - WarmUp) / (1 - WarmUp)))));
    }

    private static float Step(nn.Module<Tensor, Tensor> network, AdamW optimizer, Batch batch, TrainingOptions options)
    {
        using DisposeScope scope = NewDisposeScope();
        int classes = batch.Targets.Length / options.BatchSize;
        Tensor images = tensor(batch.Images, [options.BatchSize, 3, DemoScenes.Size, DemoScenes.Size]);
        Tensor targets = tensor(batch.Targets, [options.BatchSize, classes]);
        targets = (targets * (1 - options.LabelSmoothing)) + (options.LabelSmoothing / classes);
        optimizer.zero_grad();
        Tensor loss = -(targets * nn.functional.log_softmax(network.call(images), 1)).sum(1).mean();
        loss.backward();
        optimizer.step();
        return loss.item<float>();
    }
}

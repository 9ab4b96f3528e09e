using CAManim.Native.Models.Demo;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Train;

/// <summary>Trains a demo network: AdamW, one cycle of the learning rate, cross entropy against soft targets and of the auxiliary head, fresh images in every step.</summary>
internal static class Trainer
{
    // A seventh of the run warms up; the rest follows a cosine to a ten-thousandth.
    private const double WarmUp = 0.15;

    // No collection within a step: TorchSharp makes a scalar of every number, and its finaliser may free it while libtorch still reads it.
    // Room for what the drawing of the next batches allocates meanwhile; were it too small, a collection would come, as without it.
    private const long QuietBytes = 200L << 20;

    /// <summary>Trains a network.</summary>
    /// <param name="task">What is learned.</param>
    /// <param name="options">Seed, length and rates.</param>
    /// <param name="network">What is trained; left in training mode.</param>
    /// <param name="report">Called after every step with its number and its loss.</param>
    public static void Run(nn.Module<Tensor, Tensor> network, ITrainingTask task, TrainingOptions options, Action<int, float> report)
    {
        network.train();
        using AuxiliaryHead head = new(network, task.ClassNames.Count);
        AdamW optimizer = new([.. network.parameters(), head.Weight, head.Bias], options.WeightDecay);
        using BatchSource source = new(task, options);
        for (int step = 0; step < options.Steps; step++)
        {
            report(step, Step(network, head, optimizer, source.Take(), LearningRate(options, step)));
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

    private static float Step(nn.Module<Tensor, Tensor> network, AuxiliaryHead head, AdamW optimizer, Batch batch, double learningRate)
    {
        using DisposeScope scope = NewDisposeScope();
        int classes = batch.Targets.Length / batch.Count;
        Tensor images = tensor(batch.Images, [batch.Count, 3, DemoScenes.Size, DemoScenes.Size]);
        Tensor targets = tensor(batch.Targets, [batch.Count, classes]);
        Tensor cells = tensor(batch.Cells, [batch.Count, classes + 1, CellTargets.Side, CellTargets.Side]);
        bool isQuiet = GC.TryStartNoGCRegion(QuietBytes);
        try
        {
            optimizer.ZeroGradients();
            Tensor loss = nn.functional.log_softmax(network.call(images), 1).mul(targets).sum(1).mean().neg();
            (loss + head.Loss(cells)).backward();
            optimizer.Step(learningRate);
            return loss.item<float>();
        }
        finally
        {
            if (isQuiet && System.Runtime.GCSettings.LatencyMode == System.Runtime.GCLatencyMode.NoGCRegion)
            {
                GC.EndNoGCRegion();
            }
        }
    }
}

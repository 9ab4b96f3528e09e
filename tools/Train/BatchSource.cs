using System.Collections.Concurrent;
using CAManim.Native.Models.Demo;

namespace CAManim.Native.Train;

/// <summary>
/// Draws the batches of a run ahead of the optimiser. What is in a batch depends on the run's seed and the batch's number
/// alone, not on the threads.
/// </summary>
internal sealed class BatchSource : IDisposable
{
    private const int Ahead = 4;

    private readonly BlockingCollection<Batch> _queue = new(Ahead);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _producer;

    /// <summary>Starts to draw.</summary>
    public BatchSource(ITrainingTask task, TrainingOptions options)
    {
        _producer = Task.Run(() =>
        {
            try
            {
                for (int step = 0; step < options.Steps; step++)
                {
                    _queue.Add(Draw(task, options, step), _stop.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // The run ended early.
            }
            finally
            {
                _queue.CompleteAdding();
            }
        });
    }

    /// <summary>The next batch.</summary>
    public Batch Take()
    {
        try
        {
            return _queue.Take();
        }
        catch (InvalidOperationException)
        {
            // The queue ended: either all was taken, or the drawing failed, and then this throws its reason.
            _producer.GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>Draws one batch.</summary>
    public static Batch Draw(ITrainingTask task, TrainingOptions options, int step)
    {
        int plane = DemoScenes.Size * DemoScenes.Size, classes = task.ClassNames.Count;
        float[] images = new float[options.BatchSize * 3 * plane];
        float[] targets = new float[options.BatchSize * classes];
        int cellLength = (classes + 1) * CellTargets.Count;
        float[] cells = new float[options.BatchSize * cellLength];
        Parallel.For(0, options.BatchSize, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            (DemoScene scene, float[] target) = task.DrawTraining(Seeds.Training(options.Seed, ((long)step * options.BatchSize) + i), i);
            DemoPreprocessing.Write(scene.Image, images.AsSpan(i * 3 * plane, 3 * plane));
            CellTargets.Write(scene.Objects, cells.AsSpan(i * cellLength, cellLength), classes);
            for (int k = 0; k < classes; k++)
            {
                targets[(i * classes) + k] = (float)((target[k] * (1 - options.LabelSmoothing)) + (options.LabelSmoothing / classes));
            }
        });
        return new Batch(options.BatchSize, images, targets, cells);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _producer.Wait();
        _queue.Dispose();
        _stop.Dispose();
    }
}

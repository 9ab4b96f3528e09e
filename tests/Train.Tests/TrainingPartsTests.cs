using CAManim.Native.Models.Demo;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CAManim.Native.Train.Tests;

public sealed class TrainingPartsTests
{
    [Fact]
    public void The_rate_rises_to_its_highest_and_falls_to_nearly_nothing()
    {
        TrainingOptions options = new() { Steps = 200, LearningRate = 0.01 };
        double[] rates = [.. Enumerable.Range(0, 200).Select(step => Trainer.LearningRate(options, step))];
        int top = Array.IndexOf(rates, rates.Max());
        Assert.InRange(top, 25, 35);
        Assert.Equal(0.01, rates[top], 2e-4);
        Assert.True(rates[0] < 1e-3 && rates[^1] < 1e-5, $"{rates[0]} to {rates[^1]}");
        Assert.Equal(rates[..top].Order(), rates[..top]);
        Assert.Equal(rates[top..].OrderDescending(), rates[top..]);
    }

    [Fact]
    public void The_optimiser_steps_as_computed_by_hand()
    {
        // First step: both corrections cancel, so the step is rate · sign(gradient); the matrix decays by rate · decay first.
        using Parameter matrix = new(tensor(new float[] { 2, -4 }, [2, 1]));
        using Parameter vector = new(tensor(new float[] { 1 }, [1]));
        AdamW optimizer = new([matrix, vector], 0.5);
        using (DisposeScope scope = NewDisposeScope())
        {
            using Tensor factors = tensor(new float[] { 3, -0.5f }, [2, 1]);
            (matrix.mul(factors).sum() + vector.sum()).backward();
            optimizer.Step(0.1);
        }

        Assert.Equal((2 * 0.95f) - 0.1f, matrix.data<float>()[0], 1e-5f);
        Assert.Equal((-4 * 0.95f) + 0.1f, matrix.data<float>()[1], 1e-5f);
        Assert.Equal(0.9f, vector.data<float>()[0], 1e-5f);
        optimizer.ZeroGradients();
        Assert.Equal(0, matrix.grad!.abs().sum().item<float>());
    }

    [Fact]
    public void Cells_get_their_class_and_weights_that_sum_to_one()
    {
        byte[] mask = new byte[DemoScenes.Size * DemoScenes.Size];
        for (int i = 0; i < mask.Length; i++)
        {
            // 24x16 pixels and a strip of two columns more: six cells whole, two a quarter covered.
            mask[i] = i % DemoScenes.Size < 26 && i / DemoScenes.Size < 16 ? (byte)255 : (byte)0;
        }

        float[] target = new float[4 * CellTargets.Count];
        CellTargets.Write([new DemoObject(1, "b", mask)], target, 3);
        Assert.Equal(1, target.Sum(), 1e-5f);
        Assert.Equal(6, target.Skip(CellTargets.Count).Take(CellTargets.Count).Count(w => w == 0.5f / 6));
        Assert.Equal(CellTargets.Count - 8, target.Skip(3 * CellTargets.Count).Count(w => w > 0));
        Assert.True(target[CellTargets.Count] > 0 && target[CellTargets.Count + CellTargets.Side] > 0 && target[3] == 0);
    }

    [Fact]
    public void A_picture_without_objects_is_all_ground()
    {
        float[] target = new float[4 * CellTargets.Count];
        CellTargets.Write([], target, 3);
        Assert.All(target.Skip(3 * CellTargets.Count), weight => Assert.Equal(1f / CellTargets.Count, weight));
        Assert.All(target.Take(3 * CellTargets.Count), weight => Assert.Equal(0, weight));
    }

    [Fact]
    public void A_batch_is_decided_by_its_number_and_its_targets_sum_to_one()
    {
        TrainingOptions options = new() { BatchSize = 6 };
        Batch batch = BatchSource.Draw(new SceneTask(), options, 3), again = BatchSource.Draw(new SceneTask(), options, 3);
        Assert.Equal(batch.Images, again.Images);
        Assert.NotEqual(batch.Images, BatchSource.Draw(new SceneTask(), options, 4).Images);
        Assert.All(batch.Targets.Chunk(8), row => Assert.Equal(1, row.Sum(), 1e-5f));
        Assert.Equal(2, batch.Targets.Skip(16).Take(8).Count(value => value > 0.4));
    }

    [Fact]
    public void Training_and_validation_share_no_seed()
    {
        HashSet<ulong> training = [.. Enumerable.Range(0, 1000).SelectMany(i => new[] { Seeds.Training(0, i), Seeds.Training(7, i) })];
        Assert.Equal(2000, training.Count);
        Assert.DoesNotContain(Enumerable.Range(0, 1000), i => training.Contains(Seeds.Validation(i)) || training.Contains((ulong)i));
    }

    [Fact]
    public void The_confusion_matrix_counts_right_answers()
    {
        ConfusionMatrix matrix = new(["a", "b"]);
        Assert.Equal(0, matrix.Accuracy);
        matrix.Add(0, 0);
        matrix.Add(1, 0);
        matrix.Add(1, 1);
        matrix.Add(1, 1);
        Assert.Equal(0.75, matrix.Accuracy);
    }
}

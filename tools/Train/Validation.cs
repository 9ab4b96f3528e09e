using CAManim.Native.Models.Demo;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Train;

/// <summary>Asks a network about the validation images.</summary>
internal static class Validation
{
    private const int BatchSize = 50;

    /// <summary>Answers for the first <paramref name="count"/> validation images. The network's training flag is left as it was.</summary>
    public static ConfusionMatrix Run(nn.Module<Tensor, Tensor> network, ITrainingTask task, int count)
    {
        ConfusionMatrix matrix = new(task.ClassNames);
        int plane = DemoScenes.Size * DemoScenes.Size;
        bool wasTraining = network.training;
        network.eval();
        using (no_grad())
        {
            for (int from = 0; from < count; from += BatchSize)
            {
                using DisposeScope scope = NewDisposeScope();
                int n = Math.Min(BatchSize, count - from), start = from;
                float[] images = new float[n * 3 * plane];
                int[] expected = new int[n];
                Parallel.For(0, n, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
                {
                    (DemoScene scene, expected[i]) = task.DrawValidation(Seeds.Validation(start + i), start + i);
                    DemoPreprocessing.Write(scene.Image, images.AsSpan(i * 3 * plane, 3 * plane));
                });
                long[] answers = network.call(tensor(images, [n, 3, DemoScenes.Size, DemoScenes.Size])).argmax(1).data<long>().ToArray();
                for (int i = 0; i < n; i++)
                {
                    matrix.Add(expected[i], (int)answers[i]);
                }
            }
        }

        network.train(wasTraining);
        return matrix;
    }
}
